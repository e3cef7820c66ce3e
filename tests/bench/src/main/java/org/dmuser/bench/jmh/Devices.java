package org.dmuser.bench.jmh;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.dm.TargetTypes;

/** Mapped devices without a file. */
final class Devices implements AutoCloseable {
    /** Nothing is there: it stands in the names of devices, which tables use. */
    private static final Path DIRECTORY = Path.of("/dmuser-bench");

    private final DeviceMapper mapper;

    /** @param more target types, beside those there always are */
    Devices(TargetType... more) {
        mapper = new DeviceMapper(DIRECTORY, TargetTypes.load(more), problem -> {
            throw new IllegalStateException("device mapper: " + problem, problem);
        });
    }

    MappedDevice make(String name, String table) throws DmException {
        MappedDevice device = mapper.create(name);
        mapper.load(name, table, false);
        device.resume(false);
        return device;
    }

    /** Gives a device another table, which does not become live. */
    void load(String name, String table) throws DmException {
        mapper.load(name, table, false);
    }

    /** A device of so many {@code zero} targets of 4 KiB each. */
    MappedDevice makeZero(String name, int targets) throws DmException {
        return make(
                name,
                IntStream.range(0, targets)
                        .mapToObj(target -> target * 8 + " 8 zero")
                        .collect(Collectors.joining("\n")));
    }

    /** What a table calls the device of that name. */
    static String path(String name) {
        return DIRECTORY.resolve("mapper").resolve(name).toString();
    }

    @Override
    public void close() {
        mapper.close();
    }
}
