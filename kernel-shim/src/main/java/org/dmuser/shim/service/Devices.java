package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.target.user.UserTarget;
import org.dmuser.shim.target.user.UserTargets;

/**
 * The devices of a service: each a mapped device and, from its first live table on, a file in {@code <run
 * dir>/mapper}. Thread-safe.
 *
 * <p>A device whose removal is deferred is removed by the command, or else by a thread of its own, by which the last
 * of those who had it open let go of it.
 */
final class Devices {
    private final RunDirectory directory;
    private final DeviceMapper mapper;
    private final UserTargets targets;
    private final FuseTransport transport;
    private final Consumer<String> events;
    private final Map<MappedDevice, ServedDevice> served = new ConcurrentHashMap<>();

    Devices(
            RunDirectory directory,
            DeviceMapper mapper,
            UserTargets targets,
            FuseTransport transport,
            Consumer<String> events) {
        this.directory = directory;
        this.mapper = mapper;
        this.targets = targets;
        this.transport = transport;
        this.events = events;
    }

    /** Makes a device, without a table. */
    MappedDevice create(String name, String uuid, OptionalInt minor) throws DmException {
        MappedDevice device = mapper.create(name, uuid, minor);
        served.put(device, new ServedDevice(device, directory, mapper, targets, this::transport));
        events.accept("device " + name + " is made");
        return device;
    }

    private FuseTransport transport(MappedDevice device) {
        return (file, mountPoint, options) ->
                transport.mount(file, mountPoint, options.withClosed(() -> closed(device)));
    }

    /** By a thread that serves the file, which must not wait for its own end. */
    private void closed(MappedDevice device) {
        if (device.info().deferredRemove()) {
            new Thread(this::removeDeferred, "deferred-remove").start();
        }
    }

    void load(MappedDevice device, String table, boolean readOnly) throws DmException {
        mapper.load(device.name(), table, readOnly);
        removeDeferred();
    }

    void clear(MappedDevice device) {
        device.clear();
        removeDeferred();
    }

    /** Resumes it; its file appears with its first live table. */
    void resume(MappedDevice device, boolean noFlush) throws DmException, IOException {
        device.resume(noFlush);
        find(device).appear();
        removeDeferred();
    }

    /** Fails what waits for a daemon of a device, or for one that does not answer. */
    void fail(MappedDevice device) throws DmException {
        find(device).failWaiting();
    }

    MappedDevice find(DeviceName name) throws DmException {
        return mapper.find(name);
    }

    /**
     * What a daemon means: a device with one {@code user} target, or the control name of a target.
     *
     * @throws IllegalArgumentException if it has none, or several
     */
    UserTarget userTarget(String name) throws DmException {
        Optional<UserTarget> named = targets.find(name);
        if (named.isPresent()) {
            return named.get();
        }
        List<UserTarget> ofDevice = targets.ofDevice(name);
        if (ofDevice.size() == 1) {
            return ofDevice.get(0);
        }
        if (ofDevice.isEmpty()) {
            // Says so itself if there is no such device.
            find(new DeviceName.Named(name));
            throw new IllegalArgumentException(
                    "device \"" + name + "\" has no user target: load a table like '0 2048 user 0 2048 " + name + "'");
        }
        throw new IllegalArgumentException("device \"" + name + "\" has " + ofDevice.size()
                + " user targets: attach to one of them by its control name, which are "
                + ofDevice.stream().map(UserTarget::controlName).collect(Collectors.joining(", ")));
    }

    private ServedDevice find(MappedDevice device) throws DmException {
        ServedDevice found = served.get(device);
        if (found == null) {
            throw new DmException(Errno.ENXIO, "device \"" + device.name() + "\" has been removed");
        }
        return found;
    }

    DeviceInfo info(MappedDevice device, TableSlot slot) throws DmException {
        return find(device).info(slot);
    }

    /** All of them, by name. */
    List<DeviceInfo> infos() {
        List<DeviceInfo> infos = new ArrayList<>();
        for (MappedDevice device : mapper.list()) {
            try {
                infos.add(info(device, TableSlot.LIVE));
            } catch (DmException e) {
                // Removed since it was listed.
            }
        }
        return infos;
    }

    /** Gives a device, which only its old name finds, as in the kernel, another one. */
    MappedDevice rename(DeviceName name, String newName) throws DmException, IOException {
        String old = nameOnly(name);
        MappedDevice device = mapper.rename(old, newName);
        try {
            find(device).renamed(old, newName);
        } catch (IOException e) {
            mapper.rename(newName, old);
            throw e;
        }
        events.accept("device " + old + " is called " + newName + " now");
        return device;
    }

    MappedDevice identify(DeviceName name, String uuid) throws DmException {
        return mapper.identify(nameOnly(name), uuid);
    }

    private static String nameOnly(DeviceName name) {
        return name instanceof DeviceName.Named named ? named.name() : "";
    }

    /**
     * Removes a device.
     *
     * @param deferred whether one that is open is to be removed later, instead of EBUSY
     */
    void remove(DeviceName name, boolean deferred) throws DmException, IOException {
        MappedDevice device = mapper.find(name);
        try {
            remove(device, false);
        } catch (DmException e) {
            if (!deferred || e.errno() != Errno.EBUSY) {
                throw e;
            }
            device.deferRemove(true);
        }
        removeDeferred();
    }

    private void remove(MappedDevice device, boolean force) throws DmException, IOException {
        ServedDevice found = find(device);
        try {
            if (force) {
                found.forceRemove();
            } else {
                found.remove();
            }
        } finally {
            if (found.isGone() && served.remove(device, found)) {
                events.accept("device " + device.name() + " is removed");
            }
        }
    }

    private void removeDeferred() {
        removeWhereverPossible(
                mapper.list().stream()
                        .filter(device -> device.info().deferredRemove())
                        .toList(),
                false);
    }

    /**
     * Removes all that nobody has open, those mapped to others first.
     *
     * @param deferred whether the others are to be removed later
     */
    void removeUnused(boolean deferred) {
        removeWhereverPossible(mapper.list(), false);
        if (deferred) {
            mapper.list().forEach(device -> device.deferRemove(true));
            removeDeferred();
        }
    }

    /**
     * Removes all of them by force, those mapped to others first.
     *
     * @return what went wrong, a line each
     */
    List<String> removeAll() {
        served.values().forEach(ServedDevice::letGo);
        return removeWhereverPossible(mapper.list(), true);
    }

    /** Tries again as long as one more is gone: that may have been what kept another one. */
    private List<String> removeWhereverPossible(List<MappedDevice> devices, boolean force) {
        List<MappedDevice> left = devices;
        while (true) {
            List<String> problems = new ArrayList<>();
            for (MappedDevice device : left) {
                try {
                    if (served.containsKey(device)) {
                        remove(device, force);
                    }
                } catch (DmException | IOException | RuntimeException e) {
                    problems.add(Problems.describe(e));
                }
            }
            List<MappedDevice> still = left.stream().filter(served::containsKey).toList();
            if (still.isEmpty() || still.size() == left.size()) {
                return problems;
            }
            left = still;
        }
    }
}
