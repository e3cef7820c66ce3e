package org.dmuser.shim.dm;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.dmuser.channel.Errno;

/** The mapped devices by name and by minor number, under one lock. */
final class DeviceRegistry {
    private static final int NAME_LENGTH_MAX = 127;
    private static final Set<String> RESERVED_NAMES = Set.of(".", "..", "control");

    private final SortedMap<String, MappedDevice> byName = new TreeMap<>();
    private final BitSet minors = new BitSet();

    /** Adds the device that {@code factory} makes of the lowest free minor number. */
    synchronized MappedDevice create(String name, IntFunction<MappedDevice> factory) throws DmException {
        checkName(name);
        if (byName.containsKey(name)) {
            throw new DmException(Errno.EBUSY, "device name \"" + name + "\" is in use already: choose another one");
        }
        int minor = minors.nextClearBit(0);
        MappedDevice device = factory.apply(minor);
        minors.set(minor);
        byName.put(name, device);
        return device;
    }

    private static void checkName(String name) throws DmException {
        String reason = null;
        if (name.isEmpty()) {
            reason = "is empty";
        } else if (RESERVED_NAMES.contains(name)) {
            reason = "is reserved";
        } else if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            reason = "contains a slash or a NUL";
        } else if (name.getBytes(StandardCharsets.UTF_8).length > NAME_LENGTH_MAX) {
            reason = "is longer than " + NAME_LENGTH_MAX + " bytes in UTF-8";
        }
        if (reason != null) {
            throw new DmException(Errno.EINVAL, "device name \"" + name + "\" " + reason + ": choose another one");
        }
    }

    synchronized MappedDevice find(String name) throws DmException {
        MappedDevice device = byName.get(name);
        if (device == null) {
            throw new DmException(Errno.ENXIO, "no mapped device has the name \"" + name + "\"");
        }
        return device;
    }

    synchronized MappedDevice find(int minor) throws DmException {
        for (MappedDevice device : byName.values()) {
            if (device.minor() == minor) {
                return device;
            }
        }
        throw new DmException(Errno.ENXIO, "no mapped device has the number " + DeviceMapper.MAJOR + ":" + minor);
    }

    synchronized void remove(MappedDevice device) {
        byName.remove(device.name(), device);
        minors.clear(device.minor());
    }

    /** All of them, by name. */
    synchronized List<MappedDevice> list() {
        return List.copyOf(byName.values());
    }
}
