package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.storage.LocalStorage;

/** Images, repositories, and damage to them, for tests. */
final class Images {
    static final int CHUNK = 256 * 1024;

    private Images() {}

    /** Data that hardly shrinks, some that does, and holes; the last chunk is a part of one. */
    static Path make(Path path, long size, Random random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
            byte[] chunk = new byte[CHUNK];
            for (long offset = 0; offset < size; offset += CHUNK) {
                int length = (int) Math.min(CHUNK, size - offset);
                switch (random.nextInt(4)) {
                    case 0 -> write(file, offset, randomBytes(random, length));
                    case 1 -> {
                        random.nextBytes(chunk);
                        for (int i = 0; i < length; i++) {
                            chunk[i] &= 3;
                        }
                        write(file, offset, Arrays.copyOf(chunk, length));
                    }
                    case 2 -> write(file, offset, new byte[length]);
                    default -> {
                        // A hole.
                    }
                }
            }
        }
        return path;
    }

    static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static void write(Path path, long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            write(file, offset, bytes);
        }
    }

    private static void write(RandomAccessFile file, long offset, byte[] bytes) throws IOException {
        file.seek(offset);
        file.write(bytes);
    }

    static Repository create(Path directory, LockKind lock) throws IOException {
        Repository repository = Repository.create(new LocalStorage(directory), Key.NONE);
        repository.lock(lock);
        return repository;
    }

    static Repository open(Path directory, LockKind lock) throws IOException {
        Repository repository = Repository.open(new LocalStorage(directory), Key.NONE);
        repository.lock(lock);
        return repository;
    }

    /** The largest pack: the one with the data. */
    static Path pack(Path repository) throws IOException {
        try (Stream<Path> packs = Files.list(repository.resolve("packs"))) {
            return packs.max((a, b) ->
                            Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Turns the bits of one byte over. */
    static void flip(Path path, long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int old = file.read();
            file.seek(offset);
            file.write(~old);
        }
    }
}
