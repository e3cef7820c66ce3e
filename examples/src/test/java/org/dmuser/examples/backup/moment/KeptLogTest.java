package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring of two places, through which six segments go. */
class KeptLogTest {
    private static final int CHUNKS = 30;
    private static final int SIZE = CHUNKS * Pieces.CHUNK - 1536;
    private static final int SEGMENTS = 6;
    private static final int PLACES = 2;

    @TempDir
    private Path directory;

    private MomentFiles files;
    private MomentMap map;
    private Ring ring;
    private FileChannel file;
    private Spill spill;
    private KeptLog log;

    @BeforeEach
    void open() throws IOException {
        files = new MomentFiles(directory);
        map = MomentMap.create(files.map(), CHUNKS * WholeChunks.BLOCKS);
        ring = Ring.create(files.ring(), SEGMENTS, PLACES);
        file = DirectFile.create(files.log());
        Files.createFile(files.copy());
        begin();
    }

    private void begin() {
        spill = new Spill(ring, file);
        log = new KeptLog(map, ring, spill);
    }

    @AfterEach
    void close() throws IOException {
        spill.close();
        file.close();
        ring.close();
    }

    private void makeRoom() throws IOException {
        boolean more = true;
        while (more) {
            more = spill.makeRoom();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGiveBackWhatIsInTheRingAndWhatWasInIt(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] old = new byte[SIZE];
        random.nextBytes(old);
        try (KeptPieces kept = KeptPieces.open(files, map)) {
            for (int round = 0; round < 400; round++) {
                makeRoom();
                keep(old, random);
                read(kept, old, random.nextInt(CHUNKS), random);
            }
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                read(kept, old, chunk, random);
            }
        }
        assertTrue(Files.size(files.log()) >= 3L * Ring.SEGMENT, "nothing has left the ring");
    }

    /** A run of pieces that were not kept yet. */
    private void keep(byte[] old, Random random) {
        int chunk = random.nextInt(CHUNKS);
        int first = random.nextInt(Long.SIZE);
        int count = random.nextBoolean() ? 1 : 1 + random.nextInt(Long.SIZE - first);
        long pieces = Pieces.following(first, count) & ~map.copied(chunk);
        if (pieces == 0) {
            return;
        }
        first = Long.numberOfTrailingZeros(pieces);
        count = Pieces.run(pieces);
        int from = chunk * Pieces.CHUNK + first * Pieces.SIZE;
        int to = Math.min(SIZE, from + count * Pieces.SIZE);
        ByteBuffer content = ByteBuffer.wrap(old, from, Math.max(0, to - from));
        log.append(chunk, first, content);
        assertFalse(content.hasRemaining());
        map.setCopied(chunk, Pieces.following(first, count));
    }

    /** A part of a chunk: what was kept is read, and nothing else is touched. */
    private void read(KeptPieces kept, byte[] old, int chunk, Random random) throws IOException {
        int start = chunk * Pieces.CHUNK;
        int from = start + random.nextInt(Pieces.CHUNK / 2);
        int to = Math.min(SIZE, from + 1 + random.nextInt(start + Pieces.CHUNK - from));
        long pieces = map.copied(chunk) & Pieces.touched(from, to);
        ByteBuffer dst = ByteBuffer.allocateDirect(to - from + 7).position(7);
        kept.read(chunk, pieces, from, dst);
        byte[] expected = new byte[to - from];
        for (int at = from; at < to; at++) {
            if ((pieces & 1L << at % Pieces.CHUNK / Pieces.SIZE) != 0) {
                expected[at - from] = old[at];
            }
        }
        byte[] got = new byte[to - from];
        dst.get(7, got);
        assertArrayEquals(expected, got);
    }

    @Test
    void shouldTakeNoMoreThanTheRingHoldsWhenNothingIsWrittenOut() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Pieces.CHUNK);
        Arrays.fill(content.array(), (byte) 1);
        makeRoom();
        file.close();
        int kept = 0;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            content.clear();
            log.append(chunk, 0, content);
            kept += content.position();
        }
        assertEquals(PLACES * Ring.SEGMENT, kept);
        try (KeptPieces pieces = KeptPieces.open(files, map)) {
            ByteBuffer dst = ByteBuffer.allocate(Pieces.CHUNK);
            pieces.read(0, -1L, 0, dst);
            assertArrayEquals(content.array(), dst.array());
        }
    }

    @Test
    void shouldTakeWhatTheThreadMakesRoomFor() {
        ByteBuffer content = ByteBuffer.allocate(Pieces.SIZE);
        for (int i = 0; i < SEGMENTS * Ring.SEGMENT_SLOTS; i++) {
            content.clear();
            while (content.hasRemaining()) {
                log.append(0, 0, content);
                Thread.onSpinWait();
            }
        }
        content.clear();
        log.append(0, 0, content);
        assertEquals(0, content.position(), "more than the log can hold");
    }

    @Test
    void shouldTakeNothingWithoutMemory() throws IOException {
        close();
        ring = Ring.create(files.ring(), SEGMENTS, 0);
        file = FileChannel.open(files.log(), StandardOpenOption.WRITE);
        begin();
        makeRoom();
        ByteBuffer content = ByteBuffer.allocate(Pieces.SIZE);
        log.append(0, 0, content);
        assertEquals(0, content.position());
    }

    @Test
    void shouldLeaveNoMemoryBehind() throws IOException {
        Path memory = Files.readSymbolicLink(files.ring());
        RingMemory.sweep();
        assertTrue(Files.exists(memory), "was taken away while it is in use");
        ring.close();
        assertFalse(Files.exists(memory));
    }

    /** Another daemon may begin at any moment, also between the making of a file and its lock. */
    @Test
    void shouldMakeMemoryWhileOthersLookForWhatIsLeft() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        FutureTask<Void> others = new FutureTask<>(() -> {
            while (!end.get()) {
                RingMemory.sweep();
            }
            return null;
        });
        Thread thread = new Thread(others);
        thread.start();
        try {
            for (int i = 0; i < 300; i++) {
                try (RingMemory memory = RingMemory.make()) {
                    assertTrue(Files.exists(memory.path()));
                }
            }
        } finally {
            end.set(true);
            thread.join();
        }
        others.get();
    }

    @Test
    void shouldLeaveAloneWhatIsNotOnesOwn() throws IOException {
        Path other = Files.createFile(directory.resolve("other"));
        Path link = Files.createSymbolicLink(Path.of("/dev/shm/dmuser-ring-test-" + System.nanoTime()), other);
        try {
            RingMemory.sweep();
            assertTrue(Files.exists(other));
            assertTrue(Files.isSymbolicLink(link));
        } finally {
            Files.delete(link);
        }
    }
}
