package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.TestTargets.AnyTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableBuilderTest {
    private final List<AnyTarget> made = new ArrayList<>();
    private final DeviceMapperRig rig = new DeviceMapperRig(
            TestTargets.type("any", context -> {
                made.add(new AnyTarget());
                return made.get(made.size() - 1);
            }),
            TestTargets.type("faulty", context -> {
                throw new IllegalStateException("no reason");
            }),
            TestTargets.type("incomplete", context -> {
                open(context, "lower");
                throw new NoClassDefFoundError("org/example/Missing");
            }),
            TestTargets.type("nothing", context -> null));
    private MappedDevice device;

    @BeforeEach
    void createDevice() throws DmException {
        device = rig.mapper().create("a");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void assertRefused(String message, String... lines) {
        DmException thrown = assertThrows(DmException.class, () -> rig.load("a", lines));
        assertEquals(message, thrown.getMessage());
        assertEquals(Errno.EINVAL, thrown.errno());
    }

    @Test
    void shouldNeedATarget() {
        assertRefused("no targets specified: a table needs at least one line", "# nothing");
    }

    @Test
    void shouldRefuseATargetWithoutLength() {
        assertRefused(
                "table line 2: zero-length target: needs a length of at least 1 sector", "0 8 zero", "9 0 nosuch");
    }

    @Test
    void shouldRefuseADeviceThatIsTooLarge() throws DmException {
        String reason = "too large device: start 0 and length 18014398509481984 reach past sector 18014398509481983";
        assertRefused("table line 1: " + reason, "0 18014398509481984 nosuch");
        assertThrows(DmException.class, () -> rig.load("a", "0 8 zero", "8 18014398509481976 zero"));
        assertThrows(DmException.class, () -> rig.load("a", "0 8 zero", "99999999999999999999999 8 zero"));

        rig.load("a", "0 18014398509481983 zero");
    }

    @Test
    void shouldRefuseATypeThatIsNotKnown() {
        List<String> known =
                rig.mapper().types().all().stream().map(TargetType::name).toList();
        assertRefused(
                "table line 1: unknown target type \"nosuch\": known are " + String.join(", ", known), "5 8 nosuch");
    }

    @Test
    void shouldRefuseGapsOverlapsAndDisorder() {
        assertRefused(
                "table line 1: Gap in table: begins at sector 1, but a table begins at sector 0", "1 8 zero too many");
        assertRefused(
                "table line 3: Gap in table: begins at sector 100, but line 1 ends at 50",
                "0 50 zero",
                "",
                "100 8 zero");
        assertRefused("table line 2: Gap in table: begins at sector 7, but line 1 ends at 8", "0 8 zero", "7 8 zero");
        assertRefused(
                "table line 1: Gap in table: begins at sector 8, but a table begins at sector 0",
                "8 8 zero",
                "0 8 zero");
    }

    @Test
    void shouldSayWhatTheTargetSays() {
        assertRefused("table line 2: zero: No arguments required: but there is \"1 2\"", "0 8 zero", "8 8 zero 1  2");
    }

    @Test
    void shouldRefuseMoreTargetsThanTheKernel() {
        String text = "0 1 zero\n".repeat(TableBuilder.TARGETS_MAX + 1);

        DmException thrown = assertThrows(DmException.class, () -> rig.mapper().load("a", text, false));

        assertEquals(Errno.EOVERFLOW, thrown.errno());
    }

    @Test
    void shouldCloseTheTargetsMadeBeforeTheOneThatIsRefused() {
        assertRefused(
                "table line 3: Gap in table: begins at sector 99, but line 2 ends at 16",
                "0 8 any",
                "8 8 any",
                "99 8 any");
        assertFaulty("faulty: cannot be made: java.lang.IllegalStateException: no reason");

        assertEquals(3, made.size());
        made.forEach(target -> assertEquals(List.of("close"), target.calls));
    }

    private void assertFaulty(String message) {
        String type = message.substring(0, message.indexOf(':'));
        DmException thrown = assertThrows(DmException.class, () -> rig.load("a", "0 8 any", "8 8 " + type));
        assertEquals("table line 2: " + message, thrown.getMessage());
        assertEquals(Errno.EIO, thrown.errno());
    }

    private static void open(TargetContext context, String name) {
        try {
            context.open(path(name));
        } catch (DmException e) {
            throw new AssertionError(e);
        }
    }

    /** As one whose jar has not all it needs. */
    @Test
    void shouldLeaveNothingOpenIfATypeCannotMakeATarget() throws DmException {
        MappedDevice lower = rig.create("lower", "0 8 zero");

        assertFaulty("incomplete: cannot be made: java.lang.NoClassDefFoundError: org/example/Missing");
        assertFaulty("nothing: cannot be made: java.lang.NullPointerException: create() returned null");

        made.forEach(target -> assertEquals(List.of("close"), target.calls));
        assertEquals(0, lower.info().openCount());
        rig.mapper().remove("lower");
    }

    @Test
    void shouldLeaveTheInactiveTableWhenTheNextIsRefused() throws DmException {
        rig.load("a", "0 8 any");

        assertThrows(DmException.class, () -> rig.load("a", "0 8 nosuch"));

        assertEquals(1, device.status(TableSlot.INACTIVE).size());
        assertTrue(made.get(0).calls.isEmpty());
    }

    @Test
    void shouldRefuseAFirstTableThatReachesPastADevice() throws DmException {
        rig.create("lower", "0 100 zero");

        assertRefused(
                "table line 1: linear: 252:1 too small for target: start=50, len=51, dev_size=100",
                "0 51 linear " + path("lower") + " 50");
        assertRefused(
                "table line 1: linear: 252:1 too small for target: start=18014398509481982, len=1, dev_size=100",
                "0 1 linear " + path("lower") + " 18014398509481982");
        assertEquals(0, rig.mapper().find("lower").info().openCount());

        rig.load("a", "0 50 linear " + path("lower") + " 50");
    }

    @Test
    void shouldNotCheckTheRangeOfADeviceWithoutSize() throws DmException {
        rig.mapper().create("empty");
        rig.load("empty", "0 8 zero");

        rig.load("a", "0 8 linear 252:1 0");
    }

    @Test
    void shouldNotFindADeviceThatHasNotAppearedYet() throws DmException {
        rig.mapper().create("empty");

        assertEquals(Errno.ENODEV, errno("0 8 linear " + path("empty") + " 0"));
        assertEquals(Errno.ENXIO, errno("0 8 linear 252:1 0"));
    }

    private Errno errno(String line) {
        return assertThrows(DmException.class, () -> rig.load("a", line)).errno();
    }

    @Test
    void shouldRefuseAnOffsetWhoseBytesHaveNoNumberEvenOnADeviceWithoutSize() throws DmException {
        rig.mapper().create("empty");
        rig.load("empty", "0 8 zero");
        String reason = "table line 1: linear: Invalid device sector: offset %d and length 8 reach past sector %d";
        for (long offset : List.of(Bio.SECTORS_MAX - 7, Long.MAX_VALUE - 8, Long.MAX_VALUE)) {
            assertRefused(reason.formatted(offset, Bio.SECTORS_MAX), "0 8 linear " + "252:1" + " " + offset);
        }

        rig.load("a", "0 8 linear " + "252:1" + " " + (Bio.SECTORS_MAX - 8));
    }

    @Test
    void shouldRefuseALaterTableOnlyWhenItIsToBecomeLive() throws DmException {
        rig.add("m", new MemoryDevice(8));
        rig.load("a", "0 8 device m 0");
        device.resume(false);
        rig.load("a", "0 8 device m 1");

        DmException thrown = assertThrows(DmException.class, () -> device.resume(false));

        assertEquals(Errno.EINVAL, thrown.errno());
        DeviceInfo info = device.info();
        assertTrue(info.suspended() && info.live() && !info.inactive(), info.toString());
        device.resume(false);
        assertEquals(8, device.sectors());
    }
}
