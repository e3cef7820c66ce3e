package org.dmuser.shim.dm;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.TestTargets.DeviceTargetType;

/** A device mapper with the targets of a test beside the real ones; fails at the end if a fault was not expected. */
final class DeviceMapperRig implements AutoCloseable {
    static final Path RUN_DIRECTORY = Path.of("/run/dmuser-test");

    private final DeviceTargetType deviceType = new DeviceTargetType();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final DeviceMapper mapper;

    DeviceMapperRig(TargetType... types) {
        this(() -> new PiecePool(PiecePool.SIZE), types);
    }

    /** @param pieces makes those of each device */
    DeviceMapperRig(Supplier<Pieces> pieces, TargetType... types) {
        List<TargetType> all = new ArrayList<>(List.of(types));
        all.add(deviceType);
        mapper = new DeviceMapper(RUN_DIRECTORY, TargetTypes.load(all.toArray(TargetType[]::new)), faults::add, pieces);
    }

    DeviceMapper mapper() {
        return mapper;
    }

    DeviceTargetType deviceType() {
        return deviceType;
    }

    void add(String name, BlockDevice device) {
        deviceType.add(name, device);
    }

    /** What {@code dmsetup create} does. */
    MappedDevice create(String name, String... lines) throws DmException {
        MappedDevice device = mapper.create(name);
        load(name, lines);
        device.resume(false);
        return device;
    }

    void load(String name, String... lines) throws DmException {
        mapper.load(name, String.join("\n", lines), false);
    }

    /** How a table names one of our devices. */
    static String path(String name) {
        return RUN_DIRECTORY + "/mapper/" + name;
    }

    static ByteBuffer sectors(long count) {
        return ByteBuffer.allocate((int) count * Bio.SECTOR_SIZE);
    }

    static ByteBuffer sectors(long count, int fill) {
        ByteBuffer data = sectors(count);
        Arrays.fill(data.array(), (byte) fill);
        return data;
    }

    /** Takes what the device mapper has reported. */
    List<Throwable> takeFaults() {
        List<Throwable> taken = List.copyOf(faults);
        faults.clear();
        return taken;
    }

    @Override
    public void close() {
        mapper.close();
        if (!faults.isEmpty()) {
            throw new AssertionError("unexpected fault", faults.peek());
        }
    }
}
