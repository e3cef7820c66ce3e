package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.MemoryDevice;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process leaves behind that is killed while it serves a device. */
@ParameterizedClass
@EnumSource(Transport.class)
final class StaleMountsTest {
    @Parameter
    Transport transport;

    private static final int SIZE = 8192;

    /** Serves a device until it is killed. */
    static final class Server {
        private Server() {}

        /** Arguments: the transport, where to mount. */
        public static void main(String[] arguments) throws Exception {
            Transport transport = Transport.valueOf(arguments[0]);
            FuseMount mount = transport
                    .make(e -> {
                        throw new AssertionError(e);
                    })
                    .mount(new BlockFile(new MemoryDevice(SIZE)), Path.of(arguments[1]), transport.options("stale"));
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                out.write("mounted\n".getBytes(StandardCharsets.US_ASCII));
            }
            mount.awaitEnd(1, TimeUnit.HOURS);
        }
    }

    @Test
    void shouldUnmountWhatADeadServerLeft() throws Exception {
        try (MountRig rig = new MountRig(transport, "stale")) {
            leaveStale(rig);
            assertEquals(List.of(rig.path), StaleMounts.removeUnder(rig.directory));
            assertTrue(MountTable.at(rig.path).isEmpty());
            assertEquals(List.of(), StaleMounts.removeUnder(rig.directory));
        }
    }

    @Test
    void shouldMountOverWhatADeadServerLeft() throws Exception {
        try (MountRig rig = new MountRig(transport, "stale")) {
            leaveStale(rig);
            rig.mount(new MemoryDevice(2 * SIZE));
            assertEquals(Integer.toString(2 * SIZE), Command.run("stat", "-c", "%s", rig.path));
        }
    }

    @Test
    void shouldLeaveWhatIsServed() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "served", new MemoryDevice(SIZE))) {
            assertEquals(List.of(), StaleMounts.removeUnder(rig.directory));
            assertEquals(Errno.OK, Mounts.probe(rig.path));
        }
    }

    private void leaveStale(MountRig rig) throws Exception {
        try (Command server = Command.startJava(Server.class, transport, rig.path)) {
            assertEquals("mounted", server.line());
            server.kill();
        }
        assertEquals(Errno.ENOTCONN, Mounts.probe(rig.path));
    }
}
