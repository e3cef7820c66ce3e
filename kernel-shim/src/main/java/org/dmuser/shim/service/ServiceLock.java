package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.dmuser.channel.OwnerOnly;

/**
 * The right to serve a run directory: a lock on a file, which the kernel takes away when the process ends, however it
 * does. The file holds the process id, for people.
 */
final class ServiceLock implements AutoCloseable {
    private static final int PID_LENGTH_MAX = 20;

    private final Path path;
    private final FileChannel file;

    private ServiceLock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Takes the lock.
     *
     * @throws ServiceException if a service has it
     */
    static ServiceLock take(RunDirectory directory) throws IOException {
        Path path = directory.lock();
        while (true) {
            FileChannel file = open(path);
            try {
                lock(file, directory);
                // One that ended may have deleted the file between our opening and locking it: then it is nobody's.
                if (isStillAt(path)) {
                    writePid(file, path);
                    return new ServiceLock(path, file);
                }
                file.close();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                OwnerOnly.file());
    }

    private static void lock(FileChannel file, RunDirectory directory) throws IOException {
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new ServiceException("a dmuser service (process " + readPid(file) + ") already runs on " + directory
                    + "; use it, end it with 'dmuser stop', or choose another directory with --run-dir");
        }
    }

    /**
     * Looks at what this process has open, because opening and closing the file once more would give up the lock. A
     * file that has been deleted is shown with another name.
     */
    private static boolean isStillAt(Path path) throws IOException {
        Path real = path.getParent().toRealPath().resolve(path.getFileName());
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (isLinkTo(descriptor, real)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isLinkTo(Path descriptor, Path target) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(target);
        } catch (NoSuchFileException e) {
            // Closed meanwhile, as that of the directory itself.
            return false;
        }
    }

    private static void writePid(FileChannel file, Path path) throws IOException {
        try {
            file.truncate(0);
            file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    private static String readPid(FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PID_LENGTH_MAX);
        file.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    /** Deletes the file, then lets go. */
    @Override
    public void close() throws IOException {
        try (file) {
            Files.deleteIfExists(path);
        }
    }
}
