package org.dmuser.examples.backup.repository.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AesTest {
    private static final int THREADS = 4;
    private static final int EACH = 5000;
    private static final byte[] CONTEXT = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();
    private final Aes aes = new Aes(new byte[Aes.KEY], random);

    /** As packs are checked: their directories are opened with one sealer. */
    @Test
    void shouldSealAndOpenForSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                byte[] content = new byte[100 + i];
                random.nextBytes(content);
                all.add(threads.submit(() -> sealAndOpen(content)));
            }
            for (Future<?> each : all) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void sealAndOpen(byte[] content) throws BrokenSealException {
        ByteBuffer room = ByteBuffer.allocate(content.length + aes.overhead());
        ByteBuffer opened = ByteBuffer.allocate(content.length + aes.overhead());
        for (int i = 0; i < EACH; i++) {
            ByteBuffer sealed = aes.seal(ByteBuffer.wrap(content), room.clear(), CONTEXT);
            assertEquals(ByteBuffer.wrap(content), aes.open(sealed, opened.clear(), CONTEXT));
        }
        return null;
    }

    @Test
    void shouldNotOpenWhatWasSealedForSomethingElse() {
        ByteBuffer room = ByteBuffer.allocate(10 + aes.overhead());
        ByteBuffer sealed = aes.seal(ByteBuffer.allocate(10), room, CONTEXT);
        assertThrows(
                BrokenSealException.class, () -> aes.open(sealed, ByteBuffer.allocate(room.capacity()), new byte[1]));
    }
}
