/**
 * Layers between the dispatcher and a handler, each passing through what it does not care for.
 *
 * <pre>
 *   dispatcher -> outermost filter -> ... -> innermost filter -> handler
 * </pre>
 *
 * <p>Threads: a filter runs on the thread that serves the request and takes any number of them at a time. How many
 * come is for the handler to say, and a filter passes its word on.
 */
package org.dmuser.sdk.filter;
