package org.dmuser.shim.target.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.dmuser.channel.MessageQueues;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TargetTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose answers are to be looked for by whoever submits bios to a device. */
@Timeout(120)
final class QueuesBelowTest {
    private final DeviceMapper mapper = new DeviceMapper(
            Path.of("/run/dmuser-test"), TargetTypes.load(new UserTargetType(new UserTargets(line -> {}))), fault -> {
                throw new AssertionError("unexpected fault", fault);
            });

    @AfterEach
    void close() {
        mapper.close();
    }

    private MappedDevice create(String name, String table) throws DmException {
        MappedDevice device = mapper.create(name);
        load(name, table);
        return device;
    }

    private void load(String name, String table) throws DmException {
        mapper.load(name, table, false);
        mapper.find(name).resume(false);
    }

    private static String path(String name) {
        return "/run/dmuser-test/mapper/" + name;
    }

    private static int queuesOf(MappedDevice device) {
        MessageQueues queues = new MessageQueues();
        device.addQueues(queues);
        return queues.count();
    }

    @Test
    void shouldFindEachQueueOnceWhateverIsInBetween() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(1, queuesOf(create("u" + i, "0 16 user 0 16 u" + i)));
        }
        MappedDevice mixed = create(
                "mixed",
                "0 16 striped 2 8 " + path("u0") + " 0 " + path("u1") + " 0\n16 8 user 0 8 own\n24 8 zero\n32 8 linear "
                        + path("u1") + " 8");
        assertEquals(3, queuesOf(mixed));
        MappedDevice above = create("above", "0 8 delay " + path("mixed") + " 0 1 " + path("u2") + " 0 1");
        assertEquals(4, queuesOf(above));

        load("u2", "0 16 zero");

        assertEquals(3, queuesOf(above));
        assertEquals(0, queuesOf(mapper.create("empty")));
    }

    @Test
    void shouldNotGoAllWaysWhereThereAreVeryMany() throws Exception {
        create("a0", "0 16 user 0 16 a");
        create("b0", "0 16 user 0 16 b");
        MappedDevice last = null;
        for (int level = 1; level <= 40; level++) {
            String table = "0 16 striped 2 8 " + path("a" + (level - 1)) + " 0 " + path("b" + (level - 1)) + " 0";
            create("a" + level, table);
            last = create("b" + level, table);
        }
        assertEquals(2, queuesOf(last));
    }
}
