/**
 * Finds handlers and filters by name and makes them.
 *
 * <pre>
 *   "file", ["path=disk.img"], ["delay:read=10ms"]  ->  Handlers  ->  delay filter -> file handler
 * </pre>
 *
 * <p>A name is that of a provider, here or on an extra class path, or else that of a class. All of it happens on one
 * thread, before the first request; each thing that cannot be had is a {@link org.dmuser.sdk.config.ConfigException}
 * of one line.
 */
package org.dmuser.sdk.registry;
