package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.FutureTask;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.MemoryDevice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceMapperTest {
    private final DeviceMapperRig rig = new DeviceMapperRig();
    private final DeviceMapper mapper = rig.mapper();

    @AfterEach
    void close() {
        rig.close();
    }

    private static DmException refused(Errno errno, Executable executable) {
        DmException thrown = assertThrows(DmException.class, executable);
        assertEquals(errno, thrown.errno(), thrown.getMessage());
        return thrown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "control", "a/b", "nul\0"})
    void shouldRefuseNamesThatAreNone(String name) {
        refused(Errno.EINVAL, () -> mapper.create(name));
    }

    @Test
    void shouldLimitNamesTo127BytesInUtf8() throws DmException {
        mapper.create("x".repeat(127));
        refused(Errno.EINVAL, () -> mapper.create("x".repeat(128)));
        mapper.create("\u00e9".repeat(63));
        refused(Errno.EINVAL, () -> mapper.create("\u00e9".repeat(64)));
    }

    @Test
    void shouldRefuseANameTwice() throws DmException {
        mapper.create("a");

        refused(Errno.EBUSY, () -> mapper.create("a"));
    }

    @Test
    void shouldGiveOutTheLowestFreeMinor() throws DmException {
        assertEquals(0, mapper.create("a").minor());
        assertEquals(1, mapper.create("b").minor());
        assertEquals(2, mapper.create("c").minor());
        mapper.remove("b");

        assertEquals(1, mapper.create("d").minor());
    }

    @Test
    void shouldListByName() throws DmException {
        mapper.create("b");
        mapper.create("a");
        mapper.create("B");

        assertEquals(
                List.of("B", "a", "b"),
                mapper.list().stream().map(MappedDevice::name).toList());
    }

    @Test
    void shouldNotKnowWhatWasNotCreated() {
        refused(Errno.ENXIO, () -> mapper.find("a"));
        refused(Errno.ENXIO, () -> mapper.remove("a"));
        refused(Errno.ENXIO, () -> mapper.load("a", "0 1 zero", false));
    }

    @Test
    void shouldNotRemoveADeviceThatIsOpen() throws DmException {
        MappedDevice device = rig.create("a", "0 8 zero");
        device.open();

        refused(Errno.EBUSY, () -> mapper.remove("a"));

        device.release();
        mapper.remove("a");
        refused(Errno.ENXIO, device::open);
    }

    @Test
    void shouldNotRemoveADeviceThatAnotherIsMappedTo() throws DmException {
        rig.create("lower", "0 8 zero");
        rig.create("upper", "0 8 linear " + path("lower") + " 0");
        assertEquals(1, mapper.find("lower").info().openCount());

        refused(Errno.EBUSY, () -> mapper.remove("lower"));

        mapper.remove("upper");
        mapper.remove("lower");
    }

    @Test
    void shouldReleaseADeviceWhenTheTableThatUsesItIsReplaced() throws DmException {
        MappedDevice lower = rig.create("lower", "0 8 zero");
        MappedDevice upper = rig.create("upper", "0 8 linear " + path("lower") + " 0");
        rig.load("upper", "0 8 zero");
        assertEquals(1, lower.info().openCount());

        upper.resume(false);

        assertEquals(0, lower.info().openCount());
    }

    @Test
    void shouldCountADeviceThatUsesItOnceHoweverManyLinesDo() throws DmException {
        MappedDevice lower = rig.create("lower", "0 8 zero");
        String twice = "0 8 linear " + path("lower") + " 0\n8 8 linear " + path("lower") + " 0";
        MappedDevice upper = rig.create("upper", twice);
        assertEquals(1, lower.info().openCount());
        rig.load("upper", twice);
        assertEquals(1, lower.info().openCount());
        rig.create("other", twice);
        assertEquals(2, lower.info().openCount());

        upper.resume(false);
        assertEquals(2, lower.info().openCount());
        mapper.remove("other");
        assertEquals(1, lower.info().openCount());
        mapper.remove("upper");
        assertEquals(0, lower.info().openCount());
    }

    @Test
    void shouldCloseWhatWasOpenedForATableThatIsRefused() throws DmException {
        MappedDevice lower = rig.create("lower", "0 8 zero");
        mapper.create("upper");

        refused(Errno.EINVAL, () -> rig.load("upper", "0 8 linear 252:0 0", "8 8 linear 252:0 x"));

        assertEquals(0, lower.info().openCount());
    }

    @Test
    void shouldFindOurDevicesByPathAndByNumber() throws Exception {
        rig.add("m", new MemoryDevice(16));
        rig.create("lower", "0 16 device m 0");
        MappedDevice upper = rig.create("upper", "0 8 linear " + path("x/../lower") + " 8", "8 8 linear 252:0 0");

        assertEquals(Errno.OK, Completion.write(upper, 0, sectors(16, 7)).status());

        assertEquals("0 8 linear 252:0 8", upper.table(TableSlot.LIVE).get(0).toString());
        assertEquals("8 8 linear 252:0 0", upper.table(TableSlot.LIVE).get(1).toString());
    }

    @Test
    void shouldRefuseDevicesThatDoNotExist() throws DmException {
        mapper.create("a");

        refused(Errno.ENXIO, () -> rig.load("a", "0 8 linear 252:77 0"));
        refused(Errno.ENXIO, () -> rig.load("a", "0 8 linear 4095:77 0"));
        refused(Errno.ENODEV, () -> rig.load("a", "0 8 linear " + path("nosuch") + " 0"));
        refused(Errno.ENODEV, () -> rig.load("a", "0 8 linear /nosuch/file 0"));
    }

    @Test
    void shouldNotMapADeviceToItself() throws DmException {
        rig.create("a", "0 8 zero");
        rig.create("b", "0 8 linear " + path("a") + " 0");
        rig.create("c", "0 8 linear " + path("b") + " 0");

        DmException direct = refused(Errno.EINVAL, () -> rig.load("a", "0 8 linear 252:0 0"));
        DmException indirect = refused(Errno.EINVAL, () -> rig.load("a", "0 8 linear " + path("c") + " 0"));

        assertEquals(
                "table line 1: linear: Device lookup failed: device \"a\" would be mapped to itself",
                direct.getMessage());
        assertTrue(indirect.getMessage().endsWith("itself through device \"c\""), indirect.getMessage());
        assertEquals(1, mapper.find("a").info().openCount());
    }

    @Test
    void shouldRemoveAllDevicesUppermostFirst() throws DmException {
        rig.create("a", "0 8 zero");
        rig.create("b", "0 8 linear " + path("a") + " 0");
        rig.create("c", "0 8 linear " + path("b") + " 0");
        MappedDevice open = rig.create("open", "0 8 zero");
        open.open();

        List<DmException> failures = mapper.removeAll();

        assertEquals(1, failures.size());
        assertEquals(List.of(open), mapper.list());
        open.release();
    }

    @Test
    void shouldKnowTheTypesOfTheModule() {
        List<String> names =
                TargetTypes.load().all().stream().map(TargetType::name).toList();

        assertTrue(names.containsAll(List.of("error", "linear", "zero")), names.toString());
    }

    @Test
    void shouldCountEventsAndWakeThoseWhoWait() throws Exception {
        MappedDevice device = mapper.create("a");
        FutureTask<Long> event = new FutureTask<>(() -> device.awaitEvent(0));
        new Thread(event).start();
        device.raiseEvent();

        assertEquals(1, event.get());
        assertEquals(1, device.info().eventNumber());
        assertEquals(1, device.awaitEvent(7));
    }
}
