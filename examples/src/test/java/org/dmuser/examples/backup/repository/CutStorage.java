package org.dmuser.examples.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;
import org.dmuser.examples.backup.repository.storage.Upload;

/**
 * A storage in memory whose power fails after some changes: of what was not synced, each for itself is there afterwards
 * or not.
 */
final class CutStorage implements Storage {
    private final Map<String, byte[]> durable;
    private final List<Change> unsynced = new ArrayList<>();
    private final Map<String, byte[]> current;
    private int changesLeft;

    /** Null content is a deletion. */
    private record Change(String name, byte[] content, boolean mayTear) {}

    private CutStorage(Map<String, byte[]> content, int changesLeft) {
        durable = content;
        current = new TreeMap<>(content);
        this.changesLeft = changesLeft;
    }

    static CutStorage empty() {
        return new CutStorage(new TreeMap<>(), Integer.MAX_VALUE);
    }

    /** From now on, the power fails after so many changes. */
    void cutAfter(int changes) {
        changesLeft = changes;
    }

    boolean isCut() {
        return changesLeft < 0;
    }

    /** What is there when the power is back. */
    synchronized CutStorage after(long seed) {
        Random random = new Random(seed);
        Map<String, byte[]> left = new TreeMap<>(durable);
        for (Change change : unsynced) {
            if (random.nextBoolean()) {
                apply(change, left, random);
            }
        }
        return new CutStorage(left, Integer.MAX_VALUE);
    }

    private static void apply(Change change, Map<String, byte[]> content, Random random) {
        if (change.content == null) {
            content.remove(change.name);
        } else {
            boolean torn = change.mayTear && random.nextBoolean();
            int length = torn ? random.nextInt(change.content.length + 1) : change.content.length;
            content.put(change.name, Arrays.copyOf(change.content, length));
        }
    }

    private synchronized void change(String name, byte[] content, boolean mayTear) throws IOException {
        if (changesLeft-- <= 0) {
            changesLeft = -1;
            throw new IOException("the power is off");
        }
        unsynced.add(new Change(name, content, mayTear));
        if (content == null) {
            current.remove(name);
        } else {
            current.put(name, content);
        }
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    @Override
    public String url() {
        return "memory";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public void create(List<String> folders) {}

    @Override
    public void put(String name, ByteBuffer content) throws IOException {
        change(name, bytes(content), false);
    }

    @Override
    public void putTransient(String name, ByteBuffer content) throws IOException {
        change(name, bytes(content), true);
    }

    @Override
    public Upload upload() {
        return new Upload() {
            private byte[] content = new byte[0];

            @Override
            public synchronized void write(long offset, ByteBuffer src) {
                int end = (int) offset + src.remaining();
                content = Arrays.copyOf(content, Math.max(content.length, end));
                src.get(content, (int) offset, src.remaining());
            }

            @Override
            public void complete(String name) throws IOException {
                change(name, content, false);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void read(String name, long offset, ByteBuffer dst) throws IOException {
        byte[] content = content(name);
        if (offset + dst.remaining() > content.length) {
            throw new EOFException(name + " ends at byte " + content.length);
        }
        dst.put(content, (int) offset, dst.remaining());
    }

    @Override
    public synchronized ByteBuffer read(String name) throws IOException {
        return ByteBuffer.wrap(content(name).clone());
    }

    private byte[] content(String name) throws NoSuchFileException {
        byte[] content = current.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return content;
    }

    @Override
    public synchronized List<StoredObject> list(String folder) {
        List<StoredObject> objects = new ArrayList<>();
        current.forEach((name, content) -> {
            if (name.startsWith(folder + "/")) {
                objects.add(new StoredObject(name.substring(folder.length() + 1), content.length, 0));
            }
        });
        return objects;
    }

    @Override
    public void delete(String name) throws IOException {
        change(name, null, false);
    }

    @Override
    public void removeAbandoned() {}

    @Override
    public synchronized void sync() throws IOException {
        if (changesLeft-- <= 0) {
            changesLeft = -1;
            throw new IOException("the power is off");
        }
        unsynced.forEach(change -> apply(new Change(change.name, change.content, false), durable, null));
        unsynced.clear();
    }

    @Override
    public void close() {}
}
