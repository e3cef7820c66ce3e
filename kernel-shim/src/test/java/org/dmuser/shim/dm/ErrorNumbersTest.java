package org.dmuser.shim.dm;

import static org.dmuser.channel.Errno.EBUSY;
import static org.dmuser.channel.Errno.EINVAL;
import static org.dmuser.channel.Errno.ENODEV;
import static org.dmuser.channel.Errno.ENXIO;
import static org.dmuser.channel.Errno.EOVERFLOW;
import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel's ioctls refuse, each with its error number; and nothing is different afterwards. */
class ErrorNumbersTest {
    private final DeviceMapperRig rig = new DeviceMapperRig();
    private final DeviceMapper mapper = rig.mapper();

    /** What is refused. */
    private interface Command {
        void run(DeviceMapper mapper) throws DmException;
    }

    /** {@code live} is open and below {@code upper}; {@code bare} has no table. */
    @BeforeEach
    void makeDevices() throws DmException {
        mapper.create("live", "uuid-live", OptionalInt.of(7));
        mapper.load("live", "0 100 zero", false);
        mapper.find("live").resume(false);
        mapper.create("bare", "", OptionalInt.empty());
        rig.create("upper", "0 50 linear " + path("live") + " 50");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Arguments row(String what, Errno errno, Command command) {
        return Arguments.of(what, errno, command);
    }

    private static Arguments table(String what, Errno errno, String... lines) {
        return row("load: " + what, errno, mapper -> mapper.load("bare", String.join("\n", lines), false));
    }

    static Stream<Arguments> tables() {
        String below = "linear " + path("live") + " ";
        return Stream.of(
                table("no targets", EINVAL, "# none"),
                table("more targets than fit", EOVERFLOW, "0 1 zero\n".repeat(TableBuilder.TARGETS_MAX + 1)),
                table("no length", EINVAL, "0 0 zero"),
                table("too large by length", EINVAL, "0 18014398509481984 zero"),
                table("too large by start", EINVAL, "18014398509481984 1 zero"),
                table(
                        "too large together",
                        EINVAL,
                        "0 9007199254740992 zero",
                        "9007199254740992 9007199254740992 zero"),
                table("unknown type", EINVAL, "0 8 nosuch"),
                table("does not begin at 0", EINVAL, "8 8 zero"),
                table("hole", EINVAL, "0 8 zero", "16 8 zero"),
                table("overlap", EINVAL, "0 8 zero", "4 8 zero"),
                table("wrong order", EINVAL, "8 8 zero", "0 8 zero"),
                table("what the target says", EINVAL, "0 8 zero 1"),
                table("begins behind the end of a device", EINVAL, "0 1 " + below + "100"),
                table("ends behind the end of a device", EINVAL, "0 51 " + below + "50"),
                table("mapped to itself", ENODEV, "0 8 linear " + path("bare") + " 0"),
                table("path that leads nowhere", ENODEV, "0 8 linear /no/such/file 0"),
                table("number of nothing", ENXIO, "0 8 linear 252:999 0"),
                row(
                        "load: mapped to itself by others",
                        EINVAL,
                        mapper -> mapper.load("live", "0 8 linear " + path("upper") + " 0", false)),
                row("load: unknown device", ENXIO, mapper -> mapper.load("nosuch", "0 8 zero", false)));
    }

    static Stream<Arguments> devices() {
        return Stream.of(
                row("create: slash", EINVAL, mapper -> mapper.create("a/b")),
                row("create: control", EINVAL, mapper -> mapper.create("control")),
                row("create: dots", EINVAL, mapper -> mapper.create("..")),
                row("create: no name", EINVAL, mapper -> mapper.create("")),
                row("create: long name", EINVAL, mapper -> mapper.create("x".repeat(128))),
                row("create: name in use", EBUSY, mapper -> mapper.create("live")),
                row("create: uuid in use", EBUSY, mapper -> mapper.create("new", "uuid-live", OptionalInt.empty())),
                row("create: long uuid", EINVAL, mapper -> mapper.create("new", "x".repeat(129), OptionalInt.empty())),
                row("create: minor in use", ENXIO, mapper -> mapper.create("new", "", OptionalInt.of(7))),
                row("find: unknown name", ENXIO, mapper -> mapper.find("nosuch")),
                row("find: unknown uuid", ENXIO, mapper -> mapper.find(new DeviceName.Identified("nosuch"))),
                row("find: unknown number", ENXIO, mapper -> mapper.find(new DeviceName.Numbered(252, 999))),
                row("remove: unknown", ENXIO, mapper -> mapper.remove("nosuch")),
                row("remove: open", EBUSY, mapper -> mapper.remove("live")),
                row("rename: name in use", EBUSY, mapper -> mapper.rename("bare", "live")),
                row("rename: unknown", ENXIO, mapper -> mapper.rename("nosuch", "new")),
                row("rename: no name", EINVAL, mapper -> mapper.rename("bare", "")),
                row("rename: long name", EINVAL, mapper -> mapper.rename("bare", "x".repeat(128))),
                row("rename: slash", EINVAL, mapper -> mapper.rename("bare", "a/b")),
                row("setuuid: has one", EINVAL, mapper -> mapper.identify("live", "other")),
                row("setuuid: in use", EBUSY, mapper -> mapper.identify("bare", "uuid-live")),
                row("resume: no table", EINVAL, ErrorNumbersTest::resumeWithoutTable),
                message("blank", 0),
                message("beyond the table", 100, "hello"),
                message("before it", -1, "hello"),
                message("not understood", 0, "hello"),
                message("unknown to the core", 0, "@unknown"),
                message("too much for the core", 0, "@cancel_deferred_remove", "now"));
    }

    private static void resumeWithoutTable(DeviceMapper mapper) throws DmException {
        mapper.find("bare").suspend(false);
        try {
            mapper.find("bare").resume(false);
        } finally {
            mapper.remove("bare");
            mapper.create("bare");
        }
    }

    private static Arguments message(String what, long sector, String... words) {
        return row("message: " + what, EINVAL, mapper -> mapper.find("live").message(sector, List.of(words)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"tables", "devices"})
    void shouldRefuse(String what, Errno errno, Command command) throws DmException {
        List<String> before = state();
        DmException thrown = assertThrows(DmException.class, () -> command.run(mapper));
        assertEquals(errno, thrown.errno(), thrown.getMessage());
        assertFalse(thrown.getMessage().isBlank());
        assertEquals(before, state());
    }

    private List<String> state() {
        return mapper.list().stream()
                .map(device -> device.info() + " " + device.table(TableSlot.LIVE) + device.table(TableSlot.INACTIVE))
                .toList();
    }

    /** The kernel's oddity: where nobody could understand a message, it is not looked at. */
    @Test
    void shouldTakeAnyMessageToADeviceWithoutTable() throws DmException {
        assertEquals("", mapper.find("bare").message(99, List.of("hello")));
    }
}
