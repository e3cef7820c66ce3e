package org.dmuser.examples.backup.repository.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.sdk.file.FileTransfer;

/**
 * Objects as files of a directory, folders as directories in it.
 *
 * <p>A file is written in {@code tmp/}, made durable, and renamed to its name: rename replaces a name's file in one
 * step. The renames themselves are made durable together, by one fsync of each directory concerned, in {@link #sync}.
 */
public final class LocalStorage implements Storage {
    private static final String TEMPORARY = "tmp";
    private static final long ABANDONED_AFTER_MS = 24L * 60 * 60 * 1000;

    /** For their owner only: what was on disks of his is in them. */
    private static final FileAttribute<?> FOLDER_MODE = OwnerOnly.directory();

    private static final FileAttribute<?> FILE_MODE = OwnerOnly.file();
    private static final Set<OpenOption> CREATE_TO_WRITE = Set.of(CREATE_NEW, WRITE);

    private final Path root;
    private final OpenFiles open = new OpenFiles();
    /** Directories with renames and deletions that are not durable yet. */
    private final Set<Path> unsynced = ConcurrentHashMap.newKeySet();

    public LocalStorage(Path root) {
        this.root = root;
    }

    @Override
    public String url() {
        return root.toString();
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public void create(List<String> folders) throws IOException {
        boolean isNew = Files.notExists(root);
        create(TEMPORARY);
        for (String folder : folders) {
            create(folder);
        }
        if (isNew) {
            unsynced.add(root.getParent());
        }
    }

    private void create(String folder) throws IOException {
        Path path = root.resolve(folder);
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, FOLDER_MODE);
            unsynced.add(root);
        }
    }

    @Override
    public void put(String name, ByteBuffer content) throws IOException {
        put(name, content, true);
    }

    @Override
    public void putTransient(String name, ByteBuffer content) throws IOException {
        put(name, content, false);
    }

    private void put(String name, ByteBuffer content, boolean durable) throws IOException {
        try (FileUpload upload = new FileUpload(durable)) {
            upload.write(0, content);
            upload.complete(name);
        }
    }

    @Override
    public Upload upload() throws IOException {
        return new FileUpload(true);
    }

    @Override
    public void read(String name, long offset, ByteBuffer dst) throws IOException {
        Path path = root.resolve(name);
        while (true) {
            try (OpenFiles.OpenFile file = open.lend(path)) {
                readFully(name, file.channel(), offset, dst.duplicate());
                dst.position(dst.limit());
                return;
            } catch (NoSuchFileException e) {
                throw new NoSuchFileException(name);
            } catch (ClosedChannelException e) {
                // By another reader that was interrupted: read again. But if it was this one, it should end.
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public ByteBuffer read(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(root.resolve(name), READ)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            readFully(name, channel, 0, content);
            return content.flip();
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(name);
        } catch (IOException e) {
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw new IOException(root + " is no directory, and so no repository");
            }
            throw e;
        }
    }

    private static void readFully(String name, FileChannel channel, long offset, ByteBuffer dst) throws IOException {
        if (!FileTransfer.read(channel, offset, dst)) {
            throw new EOFException(name + " ends at byte " + channel.size());
        }
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path file : files) {
                addTo(objects, file);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // No folder, no objects.
        }
        return objects;
    }

    private static void addTo(List<StoredObject> objects, Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                long modifiedMs = attributes.lastModifiedTime().toMillis();
                objects.add(new StoredObject(file.getFileName().toString(), attributes.size(), modifiedMs));
            }
        } catch (NoSuchFileException e) {
            // Deleted since it was listed.
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = root.resolve(name);
        open.forget(file);
        if (Files.deleteIfExists(file)) {
            unsynced.add(file.getParent());
        }
    }

    @Override
    public void sync() throws IOException {
        for (Path directory : unsynced) {
            unsynced.remove(directory);
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            } catch (IOException e) {
                unsynced.add(directory);
                throw e;
            }
        }
    }

    @Override
    public void removeAbandoned() throws IOException {
        for (StoredObject object : list(TEMPORARY)) {
            if (object.modifiedMs() < System.currentTimeMillis() - ABANDONED_AFTER_MS) {
                Files.deleteIfExists(root.resolve(TEMPORARY).resolve(object.name()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
    }

    /** "No space left on device" says neither which device nor what to do. */
    private IOException explained(IOException e) {
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        if (Errno.ENOSPC.text().equals(reason)) {
            return new IOException(
                    "repository " + root + ": " + reason + "; make room there and run the command again", e);
        }
        return e;
    }

    private final class FileUpload implements Upload {
        private final boolean durable;
        private final Path temporary;
        private final FileChannel channel;
        private boolean completed;

        FileUpload(boolean durable) throws IOException {
            this.durable = durable;
            Path directory = root.resolve(TEMPORARY);
            temporary = directory.resolve(
                    Long.toHexString(ThreadLocalRandom.current().nextLong()));
            try {
                channel = FileChannel.open(temporary, CREATE_TO_WRITE, FILE_MODE);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            try {
                FileTransfer.writeFully(channel, offset, src);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void complete(String name) throws IOException {
            try {
                if (durable) {
                    channel.force(true);
                }
                channel.close();
                Path file = root.resolve(name);
                Files.move(temporary, file, ATOMIC_MOVE);
                open.forget(file);
                completed = true;
                if (durable) {
                    unsynced.add(file.getParent());
                }
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                if (!completed) {
                    Files.deleteIfExists(temporary);
                }
            }
        }
    }
}
