package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.lenient;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.dm.TargetType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class TargetsTest {
    private final MemoryDevice below = new MemoryDevice(64);

    @Mock
    private TargetContext context;

    @BeforeEach
    void describeTheLine() throws DmException {
        lenient().when(context.start()).thenReturn(100L);
        lenient().when(context.length()).thenReturn(20L);
        lenient().when(context.open(anyString())).thenThrow(new DmException(Errno.ENODEV, "/dev/y: not there"));
        lenient().doReturn(new OpenDevice(below, "8:1")).when(context).open("/dev/x");
    }

    private Target create(TargetType type, String... arguments) throws DmException {
        return type.create(context, List.of(arguments));
    }

    private void assertRefused(Errno errno, String message, TargetType type, String... arguments) {
        DmException thrown = assertThrows(DmException.class, () -> create(type, arguments));
        assertEquals(message, thrown.getMessage());
        assertEquals(errno, thrown.errno());
    }

    private static Bio bio(BioOp op, long flags, long sector, int sectors) {
        int length = sectors * Bio.SECTOR_SIZE;
        ByteBuffer data = op.hasData() && sectors > 0 ? ByteBuffer.allocate(length) : null;
        return new Bio().start(op, flags, sector, length, data, (bio, status) -> status);
    }

    @Test
    void shouldNameTheVersionsOfTheKernel() {
        assertEquals("1.4.0", new LinearTargetType().version());
        assertEquals("1.1.0", new ZeroTargetType().version());
        assertEquals("1.5.0", new ErrorTargetType().version());
    }

    @Test
    void shouldMoveLinearBiosToTheirPlaceBelow() throws DmException {
        Target target = create(new LinearTargetType(), "/dev/x", "7");
        Bio bio = bio(BioOp.READ, 0, 103, 2);

        assertEquals(MapResult.REMAPPED, target.map(bio));

        assertEquals(below, bio.device());
        assertEquals(10, bio.sector());
        assertEquals("8:1 7", target.table());
        assertEquals("", target.status());
        assertEquals(List.of(new DeviceRange(new OpenDevice(below, "8:1"), 7, 20)), target.ranges());
    }

    @Test
    void shouldNotMoveAnEmptyFlush() throws DmException {
        Target target = create(new LinearTargetType(), "/dev/x", "7");
        Bio flush = bio(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0);

        assertEquals(MapResult.REMAPPED, target.map(flush));

        assertEquals(below, flush.device());
        assertEquals(0, flush.sector());
    }

    @Test
    void shouldPassEverythingThroughLinear() throws DmException {
        Target target = create(new LinearTargetType(), "/dev/x", "0");

        assertTrue(target.acceptsFlush());
        assertTrue(Arrays.stream(BioOp.values()).allMatch(target::accepts));
    }

    @Test
    void shouldRefuseWrongNumbersOfArgumentsOfLinear() {
        String text = "Invalid argument count: %d instead of the 2 of linear <device> <offset>";
        assertRefused(Errno.EINVAL, text.formatted(0), new LinearTargetType());
        assertRefused(Errno.EINVAL, text.formatted(1), new LinearTargetType(), "/dev/x");
        assertRefused(Errno.EINVAL, text.formatted(3), new LinearTargetType(), "/dev/x", "0", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "+1", "0x10", "1k", "9223372036854775808", "\u0661"})
    void shouldRefuseOffsetsOfLinearThatAreNone(String offset) {
        assertRefused(
                Errno.EINVAL,
                "Invalid device sector: \"" + offset + "\" is not a decimal number of sectors",
                new LinearTargetType(),
                "/dev/x",
                offset);
    }

    @Test
    void shouldSayWhyLinearCannotOpenItsDevice() {
        assertRefused(Errno.ENODEV, "Device lookup failed: /dev/y: not there", new LinearTargetType(), "/dev/y", "0");
    }

    @Test
    void shouldReadZeroesAndForgetWrites() throws DmException {
        Target target = create(new ZeroTargetType());
        Bio read = bio(BioOp.READ, 0, 100, 300);
        Arrays.fill(read.data().array(), (byte) 1);
        byte[] memory = read.data().array();

        assertEquals(MapResult.SUBMITTED, target.map(read));
        assertEquals(MapResult.SUBMITTED, target.map(bio(BioOp.WRITE, 0, 100, 1)));
        assertEquals(MapResult.SUBMITTED, target.map(bio(BioOp.DISCARD, 0, 100, 1)));

        assertEquals(-1, Arrays.mismatch(memory, new byte[memory.length]));
        assertFalse(target.accepts(BioOp.WRITE_ZEROES) || target.acceptsFlush());
        assertEquals("", target.table());
    }

    @Test
    void shouldFillNoMoreThanTheBio() throws DmException {
        Target target = create(new ZeroTargetType());
        ByteBuffer larger = ByteBuffer.allocate(1024);
        Arrays.fill(larger.array(), (byte) 1);

        target.map(new Bio().start(BioOp.READ, 0, 100, 512, larger, (bio, status) -> status));

        assertEquals(0, larger.get(511));
        assertEquals(1, larger.get(512));
    }

    @Test
    void shouldRefuseArgumentsOfZero() {
        assertRefused(Errno.EINVAL, "No arguments required: but there is \"x\"", new ZeroTargetType(), "x");
    }

    @Test
    void shouldKillEverythingOnError() throws DmException {
        Target target = create(new ErrorTargetType(), "any", "thing");

        for (BioOp op : BioOp.values()) {
            assertTrue(target.accepts(op));
            assertEquals(MapResult.KILL, target.map(bio(op, 0, 100, 1)));
        }
        assertFalse(target.acceptsFlush());
        assertEquals("", target.table());
    }
}
