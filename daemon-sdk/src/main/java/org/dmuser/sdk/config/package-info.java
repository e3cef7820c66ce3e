/**
 * {@code key=value} configuration of handlers and filters: typed keys, and errors that say what to write instead.
 *
 * <pre>
 *   command line "path=disk.img"  ->  HandlerConfig  --value(ConfigKey)-->  typed value, or ConfigException
 * </pre>
 *
 * <p>Everything here runs once, before the first request, on the thread that starts the daemon.
 */
package org.dmuser.sdk.config;
