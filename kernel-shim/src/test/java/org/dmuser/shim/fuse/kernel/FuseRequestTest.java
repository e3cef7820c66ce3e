package org.dmuser.shim.fuse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.UnsafeApi;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.ScriptedDevice;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.Fuse;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.os.Mounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests as a reader handles them, on a mount without readers: what is sent for them is refused by the kernel. */
final class FuseRequestTest {
    private static final int READ_LENGTH = InHeader.LENGTH + ReadIn.LENGTH;

    /** What the device does with a bio. */
    private Consumer<Bio> behaviour = bio -> bio.end(Errno.OK);

    private final BlockDevice device = new ScriptedDevice(2048, bio -> behaviour.accept(bio));
    private final List<Throwable> errors = new ArrayList<>();
    private Path directory;
    private Path path;
    private KernelConnection connection;
    private KernelSession session;
    private Operations operations;
    private Requests requests;
    private Reader reader;
    private FuseRequest request;

    @BeforeEach
    void mount() throws IOException {
        Fuse.assumeAvailable();
        directory = Files.createTempDirectory("dmuser-test-").toRealPath();
        path = Files.createFile(directory.resolve("disk"));
        DeviceNode node = new DeviceNode(new BlockFile(device), () -> {});
        MountOptions options = MountOptions.of("requests");
        connection = KernelConnection.mount(path, options, node.root(), ConnectionOptions.USUAL);
        session = new KernelSession(connection, node, options, errors::add);
        operations = session.operations();
        requests = session.requests();
        reader = new Reader(session, "never started");
        request = requests.take();
        request.memory().place(null);
        assertEquals(FuseRequest.NOTHING, request.receive(connection.polledFd()));
    }

    @AfterEach
    void unmount() throws IOException {
        if (directory != null) {
            Mounts.detach(path);
            if (connection != null) {
                connection.close();
            }
            Files.delete(path);
            Files.delete(directory);
        }
    }

    @Test
    void shouldBeItsReadersAgainWhenItIsAnsweredAtOnce() {
        begin();
        assertTrue(request.serve(operations, true));
        assertEquals(0, requests.underWay());
        assertNull(requests.takeFree());
    }

    @Test
    void shouldBePutBackByWhoeverAnswersItLater() {
        List<Bio> held = new ArrayList<>();
        behaviour = held::add;
        begin();
        assertFalse(request.serve(operations, true));
        assertEquals(1, requests.underWay());
        assertTrue(request.isUnderWay());
        assertNull(requests.takeFree());
        held.get(0).end(Errno.OK);
        assertEquals(0, requests.underWay());
        assertSame(request, requests.takeFree());
    }

    /** Otherwise two readers would have it. */
    @Test
    void shouldStayItsReadersWhileThatHasNotReturned() {
        behaviour = bio -> {
            endElsewhere(bio);
            assertNull(requests.takeFree());
        };
        begin();
        assertTrue(request.serve(operations, true));
        assertEquals(0, requests.underWay());
        assertNull(requests.takeFree());
    }

    @Test
    void shouldRefuseWhatMayTakeLongWhereThatMustNotBe() {
        behaviour = bio -> {
            throw new AssertionError("it is asked");
        };
        begin();
        assertTrue(request.serve(operations, false));
        assertEquals(0, requests.underWay());
    }

    @Test
    void shouldBeAnsweredWhenTheDeviceThrows() {
        behaviour = bio -> {
            throw new IllegalStateException("a device with a defect");
        };
        begin();
        ByteBuffer data = request.memory().data();
        assertThrows(IllegalStateException.class, () -> request.serve(operations, true));
        assertTrue(request.recover());
        assertEquals(0, requests.underWay());
        request.memory().place(null);
        assertNotSame(data, request.memory().data(), "the device may have it still");
    }

    @Test
    void shouldBeAnsweredOnceWhenTheDeviceThrowsAndEndsItElsewhere() {
        behaviour = bio -> {
            endElsewhere(bio);
            throw new IllegalStateException("a device with a defect");
        };
        begin();
        assertThrows(IllegalStateException.class, () -> request.serve(operations, true));
        assertTrue(request.recover());
        assertEquals(0, requests.underWay());
        assertNull(requests.takeFree());
    }

    @Test
    void shouldNotKeepDataThatMayBeInUseAfterItsTimeIsUp() {
        behaviour = bio -> bio.end(Errno.ETIMEDOUT);
        begin();
        ByteBuffer data = request.memory().data();
        assertTrue(request.serve(operations, true));
        request.memory().place(null);
        assertNotSame(data, request.memory().data());
    }

    @Test
    void shouldSurviveATornRequest() {
        for (int length : new int[] {0, 1, InHeader.LENGTH - 1, InHeader.LENGTH, READ_LENGTH - 1, READ_LENGTH + 1}) {
            putRead();
            requests.begins();
            assertThrows(IllegalStateException.class, () -> request.begin(length, reader));
            assertTrue(request.recover());
            assertEquals(0, requests.underWay());
        }
        request.memory().place(null);
        begin();
        assertTrue(request.serve(operations, true));
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldHaveALimit() {
        Set<FuseRequest> all = new HashSet<>(Set.of(request));
        for (int i = 1; i < Requests.LIMIT; i++) {
            assertTrue(all.add(requests.take()));
        }
        assertNull(requests.take());
        assertNull(requests.take());
        assertNotNull(requests.makeSpare());
        requests.putBack(request);
        assertSame(request, requests.take());
        assertNull(requests.take());
    }

    private static void endElsewhere(Bio bio) {
        Thread other = new Thread(() -> bio.end(Errno.OK));
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void begin() {
        putRead();
        requests.begins();
        request.begin(READ_LENGTH, reader);
    }

    /** A READ of 4 KiB at 0 that the kernel never sent. */
    private void putRead() {
        long address = request.memory().request();
        UnsafeApi.setMemory(address, READ_LENGTH, (byte) 0);
        UnsafeApi.putInt(address, READ_LENGTH);
        UnsafeApi.putInt(address + 4, Opcode.READ);
        UnsafeApi.putLong(address + 8, 4711);
        UnsafeApi.putInt(address + InHeader.LENGTH + 16, 4096);
    }
}
