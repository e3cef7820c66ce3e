package org.dmuser.shim.dm;

import java.util.List;
import org.dmuser.channel.Errno;

/** What is said to a device or to one of its targets: {@code dmsetup message}. */
final class DeviceMessages {
    private static final String CANCEL_DEFERRED_REMOVE = "@cancel_deferred_remove";

    private final MappedDevice device;
    private final TableSlots slots;

    DeviceMessages(MappedDevice device, TableSlots slots) {
        this.device = device;
        this.slots = slots;
    }

    /**
     * Words that begin with {@code @} are for the core, others for the target at {@code sector}. Said to a device
     * without live table they have no effect and are no error, as in the kernel.
     *
     * @return what the target says to it; empty in most cases
     */
    String send(long sector, List<String> words) throws DmException {
        if (words.isEmpty()) {
            throw refused("an empty message is none");
        }
        if (words.get(0).startsWith("@")) {
            toCore(words);
            return "";
        }
        return slots.withLive("", table -> toTarget(table, sector, words));
    }

    private void toCore(List<String> words) throws DmException {
        if (!words.get(0).equalsIgnoreCase(CANCEL_DEFERRED_REMOVE)) {
            throw refused("\"" + words.get(0) + "\" is no message to the device mapper: the one there is, is "
                    + CANCEL_DEFERRED_REMOVE);
        }
        if (words.size() != 1) {
            throw refused(CANCEL_DEFERRED_REMOVE + " takes no arguments");
        }
        device.deferRemove(false);
    }

    private String toTarget(Table table, long sector, List<String> words) throws DmException {
        if (sector < 0 || sector >= table.sectors()) {
            throw refused(
                    "sector " + Long.toUnsignedString(sector) + " is outside the device: it has " + table.sectors());
        }
        TableTarget found = table.find(sector);
        try {
            return found.target().message(words);
        } catch (DmException e) {
            throw new DmException(
                    e.errno(),
                    "device \"" + device.name() + "\": " + found.line().type() + ": " + e.getMessage(),
                    e);
        }
    }

    private DmException refused(String reason) {
        return new DmException(Errno.EINVAL, "device \"" + device.name() + "\": " + reason);
    }
}
