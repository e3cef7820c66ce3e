/**
 * The device mapper: devices whose sectors are mapped, piece by piece, to targets.
 *
 * <pre>
 *   MappedDevice    name, live and inactive table, suspend gate with its deferred bios
 *     Table         consecutive targets, from sector 0, without a gap
 *       Target      one line of the table; maps a bio to something below
 * </pre>
 *
 * <p>A bio enters at {@link org.dmuser.shim.dm.MappedDevice#accept}: the gate lets it through or defers it, a preflush is
 * done first, then one piece, as far as its target takes it, is mapped, and the remainder is submitted behind whatever
 * that piece produced. Text in and out, and the order of the checks on it, are dmsetup's and the kernel's.
 *
 * <p>Locks: the registry's, then a device's table lock, then its gate's. No bio is mapped, submitted or ended under any
 * of them.
 */
package org.dmuser.shim.dm;
