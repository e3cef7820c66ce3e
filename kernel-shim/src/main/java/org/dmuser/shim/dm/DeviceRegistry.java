package org.dmuser.shim.dm;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.dmuser.channel.Errno;

/** The mapped devices by name, by uuid and by minor number, under one lock. */
final class DeviceRegistry {
    /** For a device that takes the lowest minor number there is. */
    static final int ANY_MINOR = -1;

    private static final int NAME_BYTES_MAX = 127;
    private static final int UUID_BYTES_MAX = 128;

    /** What fits into the kernel's 20 bits. */
    private static final int MINOR_MAX = (1 << 20) - 1;

    private static final Set<String> RESERVED_NAMES = Set.of(".", "..", "control");

    private final SortedMap<String, MappedDevice> byName = new TreeMap<>();
    private final BitSet minors = new BitSet();

    /**
     * Adds the device that {@code factory} makes of a minor number, which is looked at before the name and the uuid,
     * as in the kernel.
     *
     * @param wanted the minor number, or {@link #ANY_MINOR}
     */
    synchronized MappedDevice create(String name, String uuid, int wanted, IntFunction<MappedDevice> factory)
            throws DmException {
        checkName(name);
        checkUuid(uuid);
        if (wanted > MINOR_MAX || wanted >= 0 && minors.get(wanted)) {
            throw new DmException(
                    Errno.ENXIO,
                    "minor number " + wanted + " is " + (wanted > MINOR_MAX ? "above " + MINOR_MAX : "in use already")
                            + ": choose another one");
        }
        checkNameIsFree(name);
        checkUuidIsFree(uuid);
        int minor = wanted >= 0 ? wanted : minors.nextClearBit(0);
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
        } else if (bytes(name) > NAME_BYTES_MAX) {
            reason = "is longer than " + NAME_BYTES_MAX + " bytes in UTF-8";
        }
        if (reason != null) {
            throw new DmException(Errno.EINVAL, "device name \"" + name + "\" " + reason + ": choose another one");
        }
    }

    private static void checkUuid(String uuid) throws DmException {
        if (bytes(uuid) > UUID_BYTES_MAX) {
            throw new DmException(
                    Errno.EINVAL, "uuid \"" + uuid + "\" is longer than " + UUID_BYTES_MAX + " bytes in UTF-8");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void checkNameIsFree(String name) throws DmException {
        if (byName.containsKey(name)) {
            throw new DmException(Errno.EBUSY, "device name \"" + name + "\" is in use already: choose another one");
        }
    }

    private void checkUuidIsFree(String uuid) throws DmException {
        for (MappedDevice other : byName.values()) {
            if (!uuid.isEmpty() && other.uuid().equals(uuid)) {
                throw new DmException(
                        Errno.EBUSY, "uuid \"" + uuid + "\" is that of device \"" + other.name() + "\" already");
            }
        }
    }

    /** @throws DmException ENXIO if there is no such device */
    synchronized MappedDevice find(DeviceName wanted) throws DmException {
        if (wanted instanceof DeviceName.Named named) {
            MappedDevice device = byName.get(named.name());
            if (device == null) {
                throw wanted.unknown();
            }
            return device;
        }
        if (wanted instanceof DeviceName.Identified identified) {
            // An empty one is that of no device, not that of those without.
            return first(
                    wanted,
                    device -> !identified.uuid().isEmpty() && device.uuid().equals(identified.uuid()));
        }
        DeviceName.Numbered number = (DeviceName.Numbered) wanted;
        return first(wanted, device -> number.major() == DeviceMapper.MAJOR && device.minor() == number.minor());
    }

    private MappedDevice first(DeviceName wanted, Predicate<MappedDevice> test) throws DmException {
        for (MappedDevice device : byName.values()) {
            if (test.test(device)) {
                return device;
            }
        }
        throw wanted.unknown();
    }

    /**
     * Gives a device another name. The new name is looked at before the old one, as in the kernel.
     *
     * @throws DmException EINVAL for a name that cannot be one, EBUSY for one in use, ENXIO if there is no such device
     */
    synchronized MappedDevice rename(String name, String newName) throws DmException {
        checkName(newName);
        checkNameIsFree(newName);
        MappedDevice device = find(new DeviceName.Named(name));
        byName.remove(name);
        byName.put(newName, device);
        device.renamed(newName);
        return device;
    }

    /**
     * Gives a device without uuid one.
     *
     * @throws DmException EINVAL if it is empty or too long, or the device has one, EBUSY for one in use, ENXIO if
     *     there is no such device
     */
    synchronized MappedDevice identify(String name, String uuid) throws DmException {
        checkUuid(uuid);
        if (uuid.isEmpty()) {
            throw new DmException(Errno.EINVAL, "an empty uuid is none");
        }
        checkUuidIsFree(uuid);
        MappedDevice device = find(new DeviceName.Named(name));
        if (!device.uuid().isEmpty()) {
            throw new DmException(
                    Errno.EINVAL,
                    "device \"" + name + "\" has the uuid \"" + device.uuid() + "\", which cannot be changed");
        }
        device.identified(uuid);
        return device;
    }

    synchronized void remove(MappedDevice device) {
        if (byName.remove(device.name(), device)) {
            minors.clear(device.minor());
        }
    }

    /** All of them, by name. */
    synchronized List<MappedDevice> list() {
        return List.copyOf(byName.values());
    }
}
