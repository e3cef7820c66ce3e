/**
 * Layers between the dispatcher and a handler. What a filter does not override goes through its own read, write and
 * flush; those here only watch, delay, fail or limit, so they pass on every operation as it is.
 *
 * <pre>
 *   dispatcher -> outermost filter -> ... -> innermost filter -> handler
 * </pre>
 *
 * <p>Threads: a filter runs on the thread that serves the request and takes any number of them at a time. How many
 * come is for the handler to say, and a filter passes its word on.
 */
package org.dmuser.sdk.filter;
