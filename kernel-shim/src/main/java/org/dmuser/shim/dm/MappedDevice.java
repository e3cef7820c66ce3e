package org.dmuser.shim.dm;

import java.util.List;
import java.util.concurrent.Executor;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * A device made of targets: what it is called, who has it open, and what can be asked of it. Bios take {@link BioPath},
 * where there is no lock; {@link LifeCycle} suspends, resumes and removes it.
 */
public final class MappedDevice implements BlockDevice {
    private final int minor;
    private final BioPath path;
    private final TableSlots slots;
    private final EventCounter events = new EventCounter();
    private final OpenCount openCount = new OpenCount();
    private final DeviceMessages messages;
    private final LifeCycle life;

    /** Written under the registry's lock; so is {@code uuid}. */
    private volatile String name;

    private volatile String uuid;
    private volatile boolean deferredRemove;

    /** @param uuid empty for none */
    MappedDevice(String name, String uuid, int minor, Pieces pieces, Executor worker, ErrorHandler errorHandler) {
        this.name = name;
        this.uuid = uuid;
        this.minor = minor;
        SuspendGate gate = new SuspendGate();
        this.path = new BioPath(name, gate, pieces, worker, errorHandler);
        this.slots = new TableSlots(path);
        this.life = new LifeCycle(this, gate, path, slots, openCount);
        this.messages = new DeviceMessages(this, slots);
    }

    public String name() {
        return name;
    }

    /** Empty if it has none. */
    public String uuid() {
        return uuid;
    }

    /** Has got another name, which is an event if there is a live table to have one. */
    void renamed(String newName) {
        name = newName;
        raiseEventOfTable();
    }

    /** Has got a uuid. */
    void identified(String newUuid) {
        uuid = newUuid;
        raiseEventOfTable();
    }

    private void raiseEventOfTable() {
        if (path.table() != null) {
            events.raise();
        }
    }

    /** Its minor number; the major number is {@link DeviceMapper#MAJOR}. */
    public int minor() {
        return minor;
    }

    /** Its size by the live table; 0 without one. */
    @Override
    public long sectors() {
        return path.sectors();
    }

    @Override
    public boolean readOnly() {
        return path.readOnly();
    }

    @Override
    public MessageQueue queue() {
        return path.queue();
    }

    @Override
    public void addQueues(MessageQueues queues) {
        path.addQueues(queues);
    }

    @Override
    public void accept(Bio bio) {
        path.accept(bio);
    }

    /**
     * Counts one more who has it open, and by that keeps it from being removed. Whoever submits bios has it open.
     *
     * @throws DmException ENXIO if it is being removed
     */
    public void open() throws DmException {
        if (!openCount.increment()) {
            throw gone();
        }
    }

    /** Takes one {@link #open} back, when the bios submitted under it have ended. */
    public void release() {
        openCount.decrement();
    }

    /** What there is to know of it, with what is a table's from the one in {@code slot}. */
    public DeviceInfo info(TableSlot slot) {
        return new DeviceInfo(
                name,
                uuid,
                minor,
                life.isSuspended(),
                slots.ask(slot, false, Table::readOnly),
                path.table() != null,
                slots.ask(TableSlot.INACTIVE, false, table -> true),
                deferredRemove,
                openCount.value(),
                events.number(),
                slots.ask(slot, 0, Table::targetCount),
                path.sectors());
    }

    /** What there is to know of it and its live table. */
    public DeviceInfo info() {
        return info(TableSlot.LIVE);
    }

    /** The lines of a table with what each target says of its state; none where the slot is empty. */
    public List<TableLine> status(TableSlot slot) {
        return slots.ask(slot, List.of(), Table::status);
    }

    /** The lines of a table as it could be loaded again; none where the slot is empty. */
    public List<TableLine> table(TableSlot slot) {
        return slots.ask(slot, List.of(), Table::table);
    }

    /** The devices that the targets in a table have open, each once, the one opened last first. */
    public List<OpenDevice> devices(TableSlot slot) {
        return slots.ask(slot, List.of(), Table::devices);
    }

    /**
     * Says something to the core, if it begins with {@code @}, or to the target at {@code sector}.
     *
     * @return what is answered; empty in most cases
     * @throws DmException EINVAL for what nobody understands
     */
    public String message(long sector, List<String> words) throws DmException {
        return messages.send(sector, words);
    }

    /** Whether it is to be removed when nobody has it open any more; whoever sees that it is so removes it. */
    public void deferRemove(boolean wanted) {
        deferredRemove = wanted;
    }

    /** Counts an event and wakes those who wait for one. */
    void raiseEvent() {
        events.raise();
    }

    /** Waits until the event number is not {@code seen}, and returns it. Removal is an event. */
    public long awaitEvent(long seen) throws InterruptedException {
        return events.awaitOther(seen);
    }

    /**
     * Makes {@code table} the inactive one and closes the one before it.
     *
     * @throws DmException if it does not fit, or the device has been removed; it is closed then
     */
    void load(Table table) throws DmException {
        if (!slots.load(table)) {
            throw gone();
        }
    }

    /** Has its targets let go of the bios they hold back, as at the beginning of a suspend, and maybe beside one. */
    public void letGo() {
        Table live = path.table();
        if (live != null) {
            live.presuspend();
        }
    }

    /** Closes the inactive table, if there is one. */
    public void clear() {
        TableSlots.close(slots.takeInactive());
    }

    /**
     * Holds back new bios and waits until those inside have ended. Suspending a suspended device does nothing.
     *
     * @param noFlush whether targets may give back bios that they cannot end, to be mapped again after the next resume
     * @throws DmException EINTR if the thread was interrupted: the device is as before, and the thread still
     *     interrupted
     */
    public void suspend(boolean noFlush) throws DmException {
        life.suspend(noFlush);
    }

    /**
     * Makes the inactive table the live one, if there is one, and lets bios in. Neither suspended nor with an
     * inactive table, it does nothing.
     *
     * @param noFlush for the suspend that comes first where the device is not suspended and there is a new table
     * @throws DmException EINVAL if there is no table or it reaches past the end of a device, EINTR, or what a target
     *     said. A table that cannot be made live is closed, and the device stays suspended with the old one; a target
     *     that refuses leaves it suspended with the new one
     */
    public void resume(boolean noFlush) throws DmException {
        life.resume(noFlush);
    }

    /**
     * Takes the device apart. Bios that come, or were deferred, end with EIO.
     *
     * @throws DmException EBUSY if somebody has it open, ENXIO if it is being removed already, EINTR; the device is
     *     as before
     */
    void remove() throws DmException {
        life.remove();
    }

    /** What is said to whoever wants something of it after its removal. */
    DmException gone() {
        return new DmException(Errno.ENXIO, "device \"" + name + "\" has been removed");
    }
}
