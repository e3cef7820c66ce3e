package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/** Images to put into repositories, and to look for there. */
final class Images {
    private Images() {}

    /** Some of it random, some that shrinks, some zero. */
    static byte[] mixed(int length, long seed) {
        byte[] image = random(length, seed);
        Random random = new Random(seed);
        for (int at = 0; at < length; at += ImageLayout.CHUNK) {
            int end = Math.min(length, at + ImageLayout.CHUNK);
            switch (random.nextInt(4)) {
                case 0 -> java.util.Arrays.fill(image, at, end, (byte) 0);
                case 1 -> java.util.Arrays.fill(image, at, at + (end - at) / 2, (byte) seed);
                default -> {
                    // As random as it is.
                }
            }
        }
        return image;
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    static ByteBuffer chunk(byte[] image, int chunk) {
        return ByteBuffer.wrap(image, chunk * ImageLayout.CHUNK, ImageLayout.length(image.length, chunk));
    }

    /** Backs up an image. The repository is locked. */
    static Point store(Repository repository, byte[] image) throws IOException {
        try (ChunkWriter writer = repository.writer()) {
            ImageTreeBuilder tree = ImageTreeBuilder.empty(writer, image.length);
            for (int i = 0; i < ImageLayout.chunks(image.length); i++) {
                tree.set(i, writer.put(ChunkType.DATA, chunk(image, i)));
            }
            Point point = point(tree.finish(), image.length);
            writer.flush();
            repository.points().write(point);
            return point;
        }
    }

    static Point point(org.dmuser.examples.backup.repository.format.ChunkId root, long size) {
        return new Point(Points.newId(), Instant.now(), "host", "vol=1\n%0A", size, "", 0, root, Map.of("read", size));
    }

    /** Checks all packs, and sets those with damage aside. The repository is locked. */
    static SetAside.Result setAside(Repository repository) throws IOException {
        try (RepositoryCheck check = repository.check()) {
            for (StoredObject pack : check.packs()) {
                check.pack(pack, RepositoryCheck.Depth.CHECKSUMS);
            }
            try (SetAside aside = repository.setAside(check)) {
                for (StoredObject pack : aside.packs()) {
                    aside.rescue(pack);
                }
                return aside.finish();
            }
        }
    }

    static void assertHolds(Repository repository, Point point, byte[] image) throws IOException {
        try (ChunkReader reader = repository.reader()) {
            ImageTree tree = ImageTree.open(reader, point.root(), point.size());
            ByteBuffer chunk = ByteBuffer.allocateDirect(ImageLayout.CHUNK);
            for (int i = 0; i < ImageLayout.chunks(image.length); i++) {
                chunk.clear().limit(ImageLayout.length(image.length, i));
                reader.read(tree.chunk(i), chunk);
                assertEquals(chunk(image, i), chunk.flip(), "chunk " + i);
            }
        }
    }
}
