package org.dmuser.shim.dm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;

/**
 * The mapped devices there are, and how they are made, given tables and removed.
 *
 * <p>What cannot be done in place is done by {@link Workers}: mapping bios that were deferred, or have waited for
 * pieces, by at most one of each kind for each device, and what targets have put off.
 */
public final class DeviceMapper implements AutoCloseable {
    /** The major number of all mapped devices. */
    public static final int MAJOR = 252;

    private final TargetTypes types;
    private final ErrorHandler errorHandler;
    private final Supplier<Pieces> piecePools;
    private final DeviceRegistry registry = new DeviceRegistry();
    private final DeviceOpener opener;
    private final Workers workers;

    /**
     * @param runDirectory below which {@code mapper/NAME} is the device NAME
     * @param errorHandler hears of faults that nobody else is told of: targets that throw, files that fail
     */
    public DeviceMapper(Path runDirectory, TargetTypes types, ErrorHandler errorHandler) {
        this(runDirectory, types, errorHandler, () -> new PiecePool(PiecePool.SIZE));
    }

    /** @param piecePools makes that of each device */
    DeviceMapper(Path runDirectory, TargetTypes types, ErrorHandler errorHandler, Supplier<Pieces> piecePools) {
        this.types = types;
        this.errorHandler = errorHandler;
        this.piecePools = piecePools;
        this.opener = new DeviceOpener(runDirectory, registry, new FileDevices(errorHandler));
        this.workers = new Workers(errorHandler);
    }

    public TargetTypes types() {
        return types;
    }

    /**
     * Makes a device without tables.
     *
     * @throws DmException EINVAL for a name that cannot be one, EBUSY for one that is in use
     */
    public MappedDevice create(String name) throws DmException {
        return create(name, "", OptionalInt.empty());
    }

    /**
     * Makes a device without tables.
     *
     * @param uuid empty for none
     * @param minor the number it is to have; the lowest that is free if none is given
     * @throws DmException EINVAL for a name or uuid that cannot be one, EBUSY for one that is in use, ENXIO for a
     *     number that is
     */
    public MappedDevice create(String name, String uuid, OptionalInt minor) throws DmException {
        return registry.create(
                name,
                uuid,
                minor.orElse(DeviceRegistry.ANY_MINOR),
                free -> new MappedDevice(name, uuid, free, piecePools.get(), workers, errorHandler));
    }

    /**
     * The device of this name.
     *
     * @throws DmException ENXIO if there is none
     */
    public MappedDevice find(String name) throws DmException {
        return find(new DeviceName.Named(name));
    }

    /**
     * The device that is named in one of several ways.
     *
     * @throws DmException ENXIO if there is none
     */
    public MappedDevice find(DeviceName name) throws DmException {
        return registry.find(name);
    }

    /**
     * Gives a device another name.
     *
     * @throws DmException EINVAL for a name that cannot be one, EBUSY for one in use, ENXIO if there is no such device
     */
    public MappedDevice rename(String name, String newName) throws DmException {
        return registry.rename(name, newName);
    }

    /**
     * Gives a device without uuid one.
     *
     * @throws DmException EINVAL for one that cannot be, or if the device has one, EBUSY for one in use, ENXIO
     */
    public MappedDevice identify(String name, String uuid) throws DmException {
        return registry.identify(name, uuid);
    }

    /** All devices, by name. */
    public List<MappedDevice> list() {
        return registry.list();
    }

    /**
     * Makes a table of {@code text} and puts it into the inactive slot of a device.
     *
     * @throws DmException ENXIO if there is no such device; what is wrong with the table; the device is as before then
     */
    public void load(String name, String text, boolean readOnly) throws DmException {
        MappedDevice device = find(name);
        TableBuilder builder = new TableBuilder(device, types, opener, workers, errorHandler);
        device.load(builder.build(TableParser.parse(text), readOnly));
    }

    /**
     * Removes a device and closes its tables.
     *
     * @throws DmException ENXIO if there is none, EBUSY if it is open or others are mapped to it, EINTR
     */
    public void remove(String name) throws DmException {
        MappedDevice device = find(name);
        device.remove();
        registry.remove(device);
    }

    /**
     * Removes all devices that are not in use, those mapped to others before the others.
     *
     * @return what the last attempt to remove each of those that are left failed with
     */
    public List<DmException> removeAll() {
        while (true) {
            List<DmException> failures = new ArrayList<>();
            List<MappedDevice> devices = registry.list();
            for (MappedDevice device : devices) {
                try {
                    remove(device.name());
                } catch (DmException e) {
                    failures.add(e);
                }
            }
            if (failures.size() == devices.size()) {
                return failures;
            }
        }
    }

    /** Removes all devices; those that are in use are reported, and go on working. */
    @Override
    public void close() {
        List<DmException> failures = removeAll();
        failures.forEach(errorHandler::onError);
        if (failures.isEmpty()) {
            workers.close();
        }
    }
}
