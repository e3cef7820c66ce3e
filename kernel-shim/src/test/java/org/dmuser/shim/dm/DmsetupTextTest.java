package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The expected texts are what dmsetup 1.02.185 printed on Linux 6.1, but for the major number. */
class DmsetupTextTest {
    private static final String LONG_NAME = "averyveryverylongname-that-is-long";

    private final DeviceMapperRig rig = new DeviceMapperRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void createDevices() throws DmException {
        rig.create("z", "0 100 zero", "100 100 error", "200 50 error 1 2");
        MappedDevice suspended = rig.create("lin", "0 100 linear " + path("z") + " 8");
        suspended.suspend(false);
        rig.mapper().create("nt");
        MappedDevice readOnly = rig.mapper().create("ro");
        rig.mapper().load("ro", "0 100 zero", true);
        readOnly.resume(false);
        rig.load("ro", "0 50 zero");
        rig.create(LONG_NAME, "0 100 linear " + path("z") + " 8");
    }

    private List<DeviceInfo> infos() {
        return rig.mapper().list().stream().map(MappedDevice::info).toList();
    }

    private String lines(String name, TableSlot slot, boolean table, boolean multiple) throws DmException {
        MappedDevice device = rig.mapper().find(name);
        return DmsetupText.lines(name, table ? device.table(slot) : device.status(slot), multiple);
    }

    @Test
    void shouldPrintTables() throws DmException {
        createDevices();

        assertEquals("0 100 linear 252:0 8\n", lines("lin", TableSlot.LIVE, true, false));
        assertEquals("lin: 0 100 linear 252:0 8\n", lines("lin", TableSlot.LIVE, true, true));
        assertEquals("z: 0 100 zero \nz: 100 100 error \nz: 200 50 error \n", lines("z", TableSlot.LIVE, true, true));
        assertEquals("ro: 0 50 zero \n", lines("ro", TableSlot.INACTIVE, true, true));
    }

    @Test
    void shouldPrintStatusWithABlankBehindTheType() throws DmException {
        createDevices();

        assertEquals("0 100 linear \n", lines("lin", TableSlot.LIVE, false, false));
    }

    @Test
    void shouldPrintALineForADeviceWithoutTable() throws DmException {
        createDevices();

        assertEquals("\n", lines("nt", TableSlot.LIVE, true, false));
        assertEquals("nt: \n", lines("nt", TableSlot.LIVE, false, true));
        assertEquals("lin: \n", lines("lin", TableSlot.INACTIVE, true, true));
    }

    @Test
    void shouldPrintInfo() throws DmException {
        createDevices();

        assertEquals("""
                Name:              lin
                State:             SUSPENDED
                Read Ahead:        256
                Tables present:    LIVE
                Open count:        0
                Event number:      0
                Major, minor:      252, 1
                Number of targets: 1

                Name:              nt
                State:             ACTIVE
                Tables present:    None
                Open count:        0
                Event number:      0
                Major, minor:      252, 2
                Number of targets: 0

                Name:              ro
                State:             ACTIVE (READ-ONLY)
                Read Ahead:        256
                Tables present:    LIVE & INACTIVE
                Open count:        0
                Event number:      0
                Major, minor:      252, 3
                Number of targets: 1

                Name:              z
                State:             ACTIVE
                Read Ahead:        256
                Tables present:    LIVE
                Open count:        2
                Event number:      0
                Major, minor:      252, 0
                Number of targets: 3

                """, DmsetupText.info(infos().subList(1, 5)));
    }

    @Test
    void shouldPrintInfoInColumns() throws DmException {
        createDevices();
        String blank = " ".repeat(33);

        assertEquals(
                "Name                               Maj Min Stat Open Targ Event  UUID" + " ".repeat(28) + "\n"
                        + LONG_NAME + " 252   4 L--w    0    1      0" + blank + "\n"
                        + "lin                                252   1 L-sw    0    1      0" + blank + "\n"
                        + "nt                                 252   2 ---w    0    0      0" + blank + "\n"
                        + "ro                                 252   3 LI-r    0    1      0" + blank + "\n"
                        + "z                                  252   0 L--w    2    3      0" + blank + "\n",
                DmsetupText.infoColumns(infos()));
        assertEquals(
                "Name             Maj Min Stat Open Targ Event  UUID" + " ".repeat(28) + "\n"
                        + "ro               252   3 LI-r    0    1      0" + blank + "\n",
                DmsetupText.infoColumns(infos().subList(3, 4)));
    }

    @Test
    void shouldPrintLs() throws DmException {
        rig.mapper().create("b");
        rig.mapper().create("a");

        assertEquals("a\t(252:1)\nb\t(252:0)\n", DmsetupText.ls(infos()));
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertEquals("No devices found\n", DmsetupText.ls(List.of()));
        assertEquals("No devices found\n", DmsetupText.info(List.of()));
        assertEquals("No devices found\n", DmsetupText.infoColumns(List.of()));
    }
}
