package org.dmuser.shim.fuse.uring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.UringParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose the memory of a request is that comes over io_uring. */
final class UringMemoryTest {
    private static final int LENGTH = 4096;

    /** Keeps what it was given first, says that its time is up, and then is as good as any. */
    private static final class LateDevice implements BlockDevice {
        private final AtomicReference<ByteBuffer> kept = new AtomicReference<>();
        private final byte[] content = new byte[LENGTH];

        @Override
        public long sectors() {
            return LENGTH / Bio.SECTOR_SIZE;
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public void accept(Bio bio) {
            ByteBuffer late = kept.get();
            if (late == null) {
                kept.set(bio.data());
                bio.end(Errno.ETIMEDOUT);
                return;
            }
            scribble(late);
            if (bio.op() == BioOp.WRITE) {
                bio.data().get(0, content, 0, (int) bio.length());
            } else {
                bio.data().put(0, content, 0, (int) bio.length());
            }
            scribble(late);
            bio.end(Errno.OK);
        }

        private static void scribble(ByteBuffer late) {
            for (int i = 0; i < LENGTH; i++) {
                late.put(i, (byte) -1);
            }
        }
    }

    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final LateDevice device = new LateDevice();
    private Path file;
    private FuseMount mount;

    @BeforeEach
    void mount() throws Exception {
        UringParameter.turnOn();
        file = Files.createTempFile("dmuser-test-", "").toRealPath();
        mount = new UringFuseTransport(errors::add).mount(new BlockFile(device), file, MountOptions.of("late"));
    }

    @AfterEach
    void unmount() throws Exception {
        if (mount != null) {
            mount.close();
        }
        if (file != null) {
            Files.delete(file);
        }
        assertEquals(0, errors.size(), errors::toString);
    }

    @Test
    void shouldNotBeWrittenToByWhoeverIsLate() throws Exception {
        byte[] expected = new byte[LENGTH];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            IOException e = assertThrows(IOException.class, () -> channel.write(ByteBuffer.wrap(expected), 0));
            assertEquals("Connection timed out", e.getMessage());
            for (int round = 1; round < 100; round++) {
                Arrays.fill(expected, (byte) round);
                channel.write(ByteBuffer.wrap(expected), 0);
                ByteBuffer read = ByteBuffer.allocate(LENGTH);
                assertEquals(LENGTH, channel.read(read, 0));
                assertArrayEquals(expected, read.array());
            }
        }
    }
}
