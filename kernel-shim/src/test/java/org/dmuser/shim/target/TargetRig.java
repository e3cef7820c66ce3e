package org.dmuser.shim.target;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.dm.TargetTypes;

/** Mapped devices over devices of the test, which table lines name {@link #DISK} and a number. */
final class TargetRig implements AutoCloseable {
    static final String DISK = "/run/dmuser-test/mapper/disk";

    private final DeviceMapper mapper;

    TargetRig(BlockDevice... disks) throws DmException {
        TargetTypes types = TargetTypes.load(new ArrayTargetType(List.of(disks), Long.MAX_VALUE));
        mapper = new DeviceMapper(Path.of("/run/dmuser-test"), types, fault -> {
            throw new AssertionError("unexpected fault", fault);
        });
        for (int i = 0; i < disks.length; i++) {
            create("disk" + i, "0 " + disks[i].sectors() + " array " + i);
        }
    }

    MappedDevice create(String name, String table) throws DmException {
        MappedDevice device = mapper.create(name);
        try {
            load(name, table);
        } catch (DmException e) {
            mapper.remove(name);
            throw e;
        }
        return device;
    }

    /** Gives a device another table, and lets it use that. */
    void load(String name, String table) throws DmException {
        mapper.load(name, table, false);
        mapper.find(name).resume(false);
    }

    static String status(MappedDevice device) {
        return device.status(TableSlot.LIVE).get(0).arguments();
    }

    static String table(MappedDevice device) {
        return device.table(TableSlot.LIVE).get(0).arguments();
    }

    static ByteBuffer sectors(int count) {
        return ByteBuffer.allocate(count * Bio.SECTOR_SIZE);
    }

    @Override
    public void close() {
        mapper.close();
    }
}
