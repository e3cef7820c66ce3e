package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.file.MemoryDevice;
import org.junit.jupiter.api.Test;

final class DeviceNodeTest {
    private static final int SIZE = 64 * 1024;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_SYNC = 04010000;
    private static final int O_DSYNC = 010000;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int COLLAPSE_RANGE = 8;
    private static final int ZERO_RANGE = 16;

    private final MemoryDevice device = new MemoryDevice(SIZE);
    private final DeviceNode node = new DeviceNode(new BlockFile(device), () -> {});
    private final IoContext context = new IoContext(e -> {
        throw new AssertionError(e);
    });

    @Test
    void shouldCountWhoHasItOpen() {
        assertEquals(Errno.OK, node.open(O_RDWR));
        assertEquals(Errno.OK, node.open(O_RDONLY));
        assertEquals(2, node.opens().count());
        node.release();
        assertEquals(1, node.opens().count());
    }

    @Test
    void shouldOpenAReadOnlyDeviceForReadingOnly() {
        device.readOnly(true);
        assertEquals(Errno.EROFS, node.open(O_WRONLY));
        assertEquals(Errno.EROFS, node.open(O_RDWR));
        assertEquals(Errno.OK, node.open(O_RDONLY | O_SYNC));
        assertEquals(1, node.opens().count());
        assertEquals(0100400, node.mode());
    }

    @Test
    void shouldBeAFileForItsOwnerAlone() {
        assertEquals(0100600, node.mode());
    }

    @Test
    void shouldTruncateToWhatItHasWithoutEffect() {
        assertEquals(Errno.OK, node.truncate(0));
        assertEquals(Errno.OK, node.truncate(SIZE));
        assertEquals(Errno.OK, node.truncate(SIZE - 1));
        assertEquals(Errno.EINVAL, node.truncate(SIZE + 1));
    }

    @Test
    void shouldHaveEverythingAllocatedThatIsInside() {
        for (int mode : List.of(0, KEEP_SIZE)) {
            assertEquals(Errno.OK, node.fallocate(context, mode, 0, SIZE));
            assertEquals(Errno.ENOSPC, node.fallocate(context, mode, 1, SIZE));
            assertEquals(Errno.ENOSPC, node.fallocate(context, mode, 0, Long.MAX_VALUE));
        }
        assertEquals(List.of(), device.takeAsked());
    }

    @Test
    void shouldDiscardWhereAHoleIsPunched() {
        assertEquals(Errno.OK, node.fallocate(context, PUNCH_HOLE | KEEP_SIZE, 512, 1024));
        assertEquals(Errno.OK, node.fallocate(context, PUNCH_HOLE | KEEP_SIZE, 0, Long.MAX_VALUE));
        assertEquals("[DISCARD 1+1024, DISCARD 0+65536]", asked());
    }

    @Test
    void shouldKeepZeroedRangesAllocated() {
        assertEquals(Errno.OK, node.fallocate(context, ZERO_RANGE, 512, 1024));
        assertEquals(Errno.OK, node.fallocate(context, ZERO_RANGE | KEEP_SIZE, 512, Long.MAX_VALUE));
        assertEquals(Errno.ENOSPC, node.fallocate(context, ZERO_RANGE, 512, SIZE));
        assertTrue(device.takeAsked().stream().allMatch(a -> a.flags() == RequestFlags.NOUNMAP));
    }

    @Test
    void shouldNotDoWhatADeviceCannot() {
        for (int mode : List.of(COLLAPSE_RANGE, PUNCH_HOLE, PUNCH_HOLE | ZERO_RANGE, 0x40)) {
            assertEquals(Errno.EOPNOTSUPP, node.fallocate(context, mode, 0, 512));
        }
    }

    @Test
    void shouldTellADurableWriteByItsFlags() {
        assertTrue(DeviceNode.isDurable(O_WRONLY | O_DSYNC));
        assertTrue(DeviceNode.isDurable(O_RDWR | O_SYNC));
        assertFalse(DeviceNode.isDurable(O_RDWR));
    }

    private String asked() {
        return device.takeAsked().stream()
                .map(a -> a.op() + " " + a.sector() + "+" + a.length())
                .toList()
                .toString();
    }
}
