package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.target.user.UserTargets;

/** The devices of a service: each a mapped device and a file in {@code <run dir>/mapper}. Thread-safe. */
final class Devices {
    private final RunDirectory directory;
    private final DeviceMapper mapper;
    private final UserTargets targets;
    private final FuseTransport transport;
    private final Consumer<String> events;
    private final SortedMap<String, ServedDevice> byName = new ConcurrentSkipListMap<>();

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

    /**
     * Makes a device, without a table. The names of those that cannot be made are the device mapper's to judge, and it
     * does so before a file of that name is touched.
     */
    void create(String name) throws DmException, IOException {
        ServedDevice device = new ServedDevice(name, directory, mapper, targets, transport);
        device.make();
        byName.put(name, device);
        events.accept("device " + name + " is made, its file is " + directory.mapper(name));
    }

    /** Makes a device with a table and starts it. If that fails, there is no device. */
    void create(String name, String table, boolean readOnly) throws DmException, IOException {
        create(name);
        try {
            mapper.load(name, table, readOnly);
            mapper.find(name).resume(false);
        } catch (DmException | RuntimeException e) {
            remove(name, false);
            throw e;
        }
    }

    void load(String name, String table, boolean readOnly) throws DmException {
        mapper.load(name, table, readOnly);
    }

    MappedDevice find(String name) throws DmException {
        return mapper.find(name);
    }

    List<MappedDevice> list() {
        return mapper.list();
    }

    DeviceInfo info(String name) throws DmException {
        ServedDevice device = byName.get(name);
        return device == null ? mapper.find(name).info() : device.info();
    }

    /** Removes a device; by force, even if it is in use. */
    void remove(String name, boolean force) throws DmException, IOException {
        ServedDevice device = byName.get(name);
        if (device == null) {
            throw new DmException(Errno.ENXIO, "no mapped device has the name \"" + name + "\"");
        }
        try {
            if (force) {
                device.forceRemove();
            } else {
                device.remove();
            }
        } finally {
            if (device.isGone()) {
                byName.remove(name, device);
                events.accept("device " + name + " is removed");
            }
        }
    }

    /**
     * Removes all of them by force, those mapped to others first.
     *
     * @return what went wrong, a line each
     */
    List<String> removeAll() {
        while (true) {
            List<String> problems = new ArrayList<>();
            int before = byName.size();
            for (String name : List.copyOf(byName.keySet())) {
                try {
                    remove(name, true);
                } catch (DmException | IOException | RuntimeException e) {
                    problems.add(Problems.describe(e));
                }
            }
            if (byName.isEmpty() || byName.size() == before) {
                return problems;
            }
        }
    }
}
