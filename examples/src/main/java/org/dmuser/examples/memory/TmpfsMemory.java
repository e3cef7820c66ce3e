package org.dmuser.examples.memory;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.agrona.IoUtil;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.config.ConfigException;

/**
 * Memory from a tmpfs: each extent is a file that is mapped and has no name.
 *
 * <p>Neither {@code -Xmx} nor {@code -XX:MaxDirectMemorySize} counts it, and unmapping gives it back to the system at
 * once; what {@code malloc} gives is mostly kept by the process when freed. The kernel allows 65530 mappings in a
 * process, which is 64 GiB of extents.
 */
final class TmpfsMemory implements ExtentMemory {
    private final Path directory;

    TmpfsMemory(Path directory) {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new ConfigException("dir: " + directory + " is not a directory that can be written to");
        }
        this.directory = directory;
    }

    @Override
    public ByteBuffer allocate() throws IOException {
        Path file = directory.resolve("dmuser-memory-" + UUID.randomUUID());
        // The JDK removes the name as soon as the file is open, so not even kill -9 leaves anything behind.
        try (FileChannel channel =
                FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE), OwnerOnly.file())) {
            // Written, not just made this long: a full tmpfs is an exception here, and a SIGBUS in the mapping.
            ByteBuffer zeroes = MemoryHandler.ZEROES.duplicate();
            while (zeroes.hasRemaining()) {
                channel.write(zeroes);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, MemoryHandler.EXTENT_SIZE);
        } catch (IOException e) {
            throw new BlockException(Errno.ENOSPC, "no more memory in " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void free(ByteBuffer extent) {
        IoUtil.unmap(extent);
    }
}
