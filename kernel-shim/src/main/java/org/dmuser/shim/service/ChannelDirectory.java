package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Consumer;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.channel.Polling;
import org.dmuser.channel.Seats;

/**
 * Where the files of memory channels are, and that of the seats their threads share: {@code <run dir>/channel}. Where
 * that is not memory, it is a link to a directory in {@code /dev/shm}, since the pages of a file on disk stall whoever
 * writes to them while they are being written back.
 */
final class ChannelDirectory implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "dmuser-";
    private static final Set<String> MEMORY_TYPES = Set.of("tmpfs", "ramfs");

    private final Path path;

    private final Seats seats;

    private ChannelDirectory(Path path, Seats seats) {
        this.path = path;
        this.seats = seats;
    }

    static ChannelDirectory make(RunDirectory directory, Polling polling, Consumer<String> events) throws IOException {
        Path path = directory.channel();
        if (isMemory(directory.path())) {
            Files.createDirectory(path, OwnerOnly.directory());
        } else if (isMemory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)) {
            // The link first: whatever happens now, the next service finds what there is to delete.
            Path target = SHARED_MEMORY.resolve(PREFIX + Long.toUnsignedString(new SecureRandom().nextLong(), 36));
            Files.createSymbolicLink(path, target);
            Files.createDirectory(target, OwnerOnly.directory());
        } else {
            events.accept("neither " + directory + " nor " + SHARED_MEMORY
                    + " is memory that can be written to: channels will be slow");
            Files.createDirectory(path, OwnerOnly.directory());
        }
        return new ChannelDirectory(path, Seats.create(path, polling));
    }

    /** For those who serve devices and channels; daemons find the same in the directory. */
    Seats seats() {
        return seats;
    }

    private static boolean isMemory(Path directory) throws IOException {
        return Files.isDirectory(directory)
                && MEMORY_TYPES.contains(Files.getFileStore(directory).type());
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Deletes it and what is in it. */
    @Override
    public void close() throws IOException {
        delete(path);
    }

    /** Deletes one, of this service or one that died. */
    static void delete(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Path target = Files.readSymbolicLink(path);
            // The link is in a directory of ours; still, nothing is deleted that was not made here.
            if (SHARED_MEMORY.equals(target.getParent())
                    && target.getFileName().toString().startsWith(PREFIX)) {
                Leftovers.deleteDirectory(target);
            }
            Files.delete(path);
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Leftovers.deleteDirectory(path);
        }
    }
}
