package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.target.user.UserTargets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class ServedDeviceTest {
    @TempDir
    private Path path;

    @Mock
    private FuseTransport transport;

    @Mock
    private FuseMount mount;

    private DeviceMapper mapper;
    private ServedDevice device;

    @BeforeEach
    void makeIt() throws Exception {
        RunDirectory directory = new RunDirectory(path);
        Files.createDirectory(directory.mapper());
        Files.createDirectory(directory.node());
        mapper = new DeviceMapper(path, TargetTypes.load(), fault -> {
            throw new AssertionError(fault);
        });
        when(transport.mount(any(), any(), any())).thenReturn(mount);
        lenient().when(mount.awaitEnd(anyLong(), any())).thenReturn(true);
        MappedDevice mapped = mapper.create("disk");
        device = served(mapped);
        device.appear();
        assertFalse(Files.exists(directory.mapper("disk")));
        mapper.load("disk", "0 8 zero", false);
        mapped.resume(false);
        device.appear();
    }

    private void assertInUse(int openCount) {
        DmException thrown = assertThrows(DmException.class, device::remove);
        assertEquals(Errno.EBUSY, thrown.errno());
        String text = "device \"disk\" is in use, its open count is " + openCount + ": ";
        assertTrue(thrown.getMessage().startsWith(text), thrown.getMessage());
        assertFalse(device.isGone());
    }

    @Test
    void shouldKeepItsMountUnderAnotherName() throws Exception {
        mapper.rename("disk", "disc");
        device.renamed("disk", "disc");

        RunDirectory directory = new RunDirectory(path);
        assertEquals(directory.node(0), directory.mapper("disc").toRealPath());
        assertFalse(Files.exists(directory.mapper("disk"), LinkOption.NOFOLLOW_LINKS));
        device.remove();
        assertFalse(Files.exists(directory.mapper("disc"), LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(directory.node(0)));
    }

    @Test
    void shouldBeRemovedByWhoeverHasJustClosedIt() throws Exception {
        lenient().when(mount.openCount()).thenReturn(1);

        device.remove();

        assertTrue(device.isGone());
        assertEquals(List.of(), mapper.list());
    }

    @Test
    void shouldStayWhileTheKernelSaysThatItIsInUse() throws Exception {
        when(mount.openCount()).thenReturn(2);
        doThrow(new MountException(Errno.EBUSY, "busy")).doNothing().when(mount).unmount();

        assertInUse(2);

        device.remove();
        assertTrue(device.isGone());
    }

    @Test
    void shouldStayMountedWhileAnotherDeviceIsMappedToIt() throws Exception {
        mapper.create("upper");
        mapper.load("upper", "0 8 linear " + path + "/mapper/disk 0", false);

        assertInUse(1);

        verify(mount, never()).unmount();
    }

    private MappedDevice makeMapped(String name) throws DmException {
        MappedDevice mapped = mapper.create(name);
        mapper.load(name, "0 8 zero", false);
        mapped.resume(false);
        return mapped;
    }

    private ServedDevice served(MappedDevice mapped) {
        return new ServedDevice(mapped, new RunDirectory(path), mapper, new UserTargets(line -> {}), made -> transport);
    }

    @Test
    void shouldLeaveNothingWhenSomebodysFileHasItsName() throws Exception {
        MappedDevice mapped = makeMapped("second");
        ServedDevice second = served(mapped);
        Path foreign = Files.writeString(new RunDirectory(path).mapper("second"), "somebody's");

        ServiceException thrown = assertThrows(ServiceException.class, second::appear);

        assertTrue(thrown.getMessage().startsWith(foreign + " is in the way"), thrown.getMessage());
        verify(mount).close();
        assertFalse(Files.exists(new RunDirectory(path).node(mapped.minor())));
        assertEquals(0, mapped.info().openCount());
        second.remove();
        assertEquals("somebody's", Files.readString(foreign));
    }

    @Test
    void shouldAppearWhenNothingIsInTheWayAnyMore() throws Exception {
        MappedDevice mapped = makeMapped("second");
        ServedDevice second = served(mapped);
        Files.createFile(new RunDirectory(path).mapper("second"));
        assertThrows(ServiceException.class, second::appear);
        Files.delete(new RunDirectory(path).mapper("second"));

        second.appear();

        assertEquals(
                new RunDirectory(path).node(mapped.minor()),
                new RunDirectory(path).mapper("second").toRealPath());
    }
}
