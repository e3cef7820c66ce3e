/**
 * Commands to a handler at work: a Unix socket on which a daemon answers those who ask it about its device.
 *
 * <pre>
 *   dmuser snapshot create disk monday
 *        |  Registration.find     run directory/daemon/disk  -&gt;  the handler's data
 *        v
 *   ControlConnection  --words--&gt;  ControlServer  -&gt;  ControlSession   one for each connection, the handler's own
 *                      &lt;--text---
 * </pre>
 *
 * <p>A handler opens a {@link org.dmuser.sdk.control.ControlServer} beside its data, and a {@link
 * org.dmuser.sdk.control.Registration} so that the data is found by the name of the device; it closes both when it is
 * closed. What the words mean is the handler's business.
 *
 * <p>Threads: one that accepts connections, and one for each connection, on which its session is made, run and closed.
 * So a session needs no locks of its own, but what it shares with the handler does. A session is closed when its peer
 * has gone, however it went: what lasts as long as a connection ends with the program that holds it, {@code kill -9}
 * included.
 */
package org.dmuser.sdk.control;
