/**
 * The device mapper: devices whose sectors are mapped, piece by piece, to targets.
 *
 * <pre>
 *   DeviceMapper        the devices by name and number; what a table line names is opened here
 *     MappedDevice      name, open count, event counter; what can be asked of it
 *       LifeCycle       suspend, resume, removal
 *       TableSlots      the live and the inactive table
 *         Table         consecutive targets, from sector 0, without a gap; TableDevices, what they have open
 *           Target      one line of the table; maps a bio to something below
 *       SuspendGate     what is inside, and while it is closed the deferred bios
 *       BioPath         what happens to a bio
 *         Split         a bio in more than one piece, or in copies
 *         Preflush      a bio that flushes first
 *       PiecePool       what pieces and copies travel as, so many, and the bios that wait for some
 *       Backlog         has bios that were deferred, or have waited, mapped by a worker
 * </pre>
 *
 * <p>A bio enters at {@link org.dmuser.shim.dm.MappedDevice#accept}: the gate lets it through or defers it, a
 * preflush is done first, then one piece, as far as its target takes it, is mapped, and the remainder is submitted
 * behind whatever that piece produced. Whoever needs pieces takes all of them at once, before any is mapped, or waits
 * in line with none, so nobody has some and waits for more; a bio waits there, not a thread, because that may be one
 * whose work is to bring the ends of others. Text in and out, and the order of the checks on it, are dmsetup's and the
 * kernel's.
 *
 * <p>Locks, outer to inner; none of them is on the way of a bio through an open gate:
 *
 * <ol>
 *   <li>the control lock of a {@link org.dmuser.shim.dm.LifeCycle}: one suspend, resume or removal at a time. Held
 *       while they wait for bios to end, and while the targets are told; no two devices' at once
 *   <li>the lock of {@link org.dmuser.shim.dm.TableSlots}: to change a slot, or to ask the targets in one for their
 *       status
 *   <li>the lock of {@link org.dmuser.shim.dm.SuspendGate}: the deferred bios
 *   <li>the lock of {@link org.dmuser.shim.dm.PiecePool}: pieces, and who waits for some; taken for a bio in several
 *       pieces only, for a moment, and never together with the gate's
 * </ol>
 *
 * <p>On their own, with no other lock taken inside, are those of the registry, of the graph of uses, and of the event
 * counter. That of the devices of a table is held while one is opened or closed, with the graph's inside, or that of
 * the open files, which has the file's own inside. Tables are made and closed, and bios mapped, submitted and ended,
 * under none of the three above, with one exception: a target may let go of bios while it is told of a suspend or
 * resume, under the control lock.
 */
package org.dmuser.shim.dm;
