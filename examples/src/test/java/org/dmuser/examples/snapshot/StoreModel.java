package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.dmuser.examples.snapshot.store.SnapshotInfo;
import org.dmuser.examples.snapshot.store.SnapshotStore;

/**
 * What a device must hold, and what its snapshots must: arrays. After a loss of power a sector may hold anything that
 * was written to it since the last flush, or what it held then.
 */
final class StoreModel {
    private static final int SECTOR = 512;

    private final Random random;
    private byte[] now;

    /** What the device may hold after a loss of power: one of these for each sector. */
    private final List<byte[]> possible = new ArrayList<>();

    /** What it may hold after the process has been killed, if not what it holds now: what was being done is in it. */
    private byte[] tried;

    private final Map<String, byte[]> snapshots = new LinkedHashMap<>();

    /** What was being made, deleted or rolled back to when the power failed; null if nothing was. */
    private String pendingName;

    private String pendingCommand = "";
    private int names;

    StoreModel(byte[] base, long seed) {
        now = base.clone();
        tried = now;
        possible.add(now.clone());
        random = new Random(seed);
    }

    /** Does something, chosen by chance. */
    void step(SnapshotHandler handler, SnapshotStore store) throws IOException {
        int kind = random.nextInt(24);
        int length = SECTOR * (1 + random.nextInt(random.nextBoolean() ? 8 : now.length / SECTOR / 2));
        int offset = SECTOR * random.nextInt((now.length - length) / SECTOR + 1);
        if (kind < 12) {
            write(handler, offset, length, kind == 0);
        } else if (kind < 16) {
            byte[] after = now.clone();
            Arrays.fill(after, offset, offset + length, (byte) 0);
            attempt(after);
            handler.discard(offset, length);
            succeeded(after);
        } else if (kind < 19) {
            handler.flush();
            flushed();
        } else if (kind == 19) {
            checkNow(handler);
        } else {
            command(store, kind);
        }
    }

    private void write(SnapshotHandler handler, int offset, int length, boolean durable) throws IOException {
        byte[] content = new byte[length];
        random.nextBytes(content);
        byte[] after = now.clone();
        System.arraycopy(content, 0, after, offset, length);
        attempt(after);
        ByteBuffer src = ByteBuffer.wrap(content).asReadOnlyBuffer();
        if (durable) {
            handler.writeFua(offset, src);
        } else {
            handler.write(offset, src);
        }
        assertEquals(0, src.remaining());
        succeeded(after);
        if (durable) {
            flushed();
        }
    }

    private void attempt(byte[] after) {
        possible.add(after);
        tried = after;
    }

    private void succeeded(byte[] after) {
        now = after;
        tried = after;
    }

    private void flushed() {
        possible.clear();
        possible.add(now.clone());
    }

    private void command(SnapshotStore store, int kind) throws IOException {
        if (kind < 22 || snapshots.isEmpty()) {
            create(store);
            return;
        }
        List<String> known = new ArrayList<>(snapshots.keySet());
        pendingName = known.get(random.nextInt(known.size()));
        if (kind == 22 || snapshots.size() > 4) {
            pendingCommand = "delete";
            store.delete(pendingName);
            snapshots.remove(pendingName);
        } else {
            pendingCommand = "rollback";
            attempt(snapshots.get(pendingName).clone());
            store.rollback(pendingName);
            succeeded(snapshots.get(pendingName).clone());
        }
        flushed();
        pendingCommand = "";
    }

    private void create(SnapshotStore store) throws IOException {
        pendingCommand = "create";
        pendingName = "s" + names++;
        snapshots.put(pendingName, now.clone());
        store.create(pendingName);
        flushed();
        pendingCommand = "";
    }

    /** Compares the device with what it must hold. */
    void checkNow(SnapshotHandler handler) throws IOException {
        assertTrue(Arrays.equals(now, read(handler)), "the device is not what it was");
    }

    /** Compares with what must be there when the process was killed: all that had returned, flushed or not. */
    void checkAfterKill(SnapshotHandler handler, SnapshotStore store) throws IOException {
        possible.clear();
        possible.add(now);
        possible.add(tried);
        checkAfterCrash(handler, store);
    }

    /** Compares with what must be there after a loss of power, and takes what is there for what must be from now on. */
    void checkAfterCrash(SnapshotHandler handler, SnapshotStore store) throws IOException {
        List<String> there =
                store.info().snapshots().stream().map(SnapshotInfo::name).collect(Collectors.toList());
        settle(there);
        assertEquals(new ArrayList<>(snapshots.keySet()), there);
        byte[] found = read(handler);
        for (int sector = 0; sector < found.length; sector += SECTOR) {
            requirePossible(found, sector);
        }
        succeeded(found);
        // It is what there is, but nobody has promised that it lasts.
        possible.add(now.clone());
        checkSnapshots(handler, store);
    }

    private void settle(List<String> there) {
        if (pendingCommand.equals("create") && !there.contains(pendingName)
                || pendingCommand.equals("delete") && !there.contains(pendingName)) {
            snapshots.remove(pendingName);
        }
        pendingCommand = "";
    }

    private void requirePossible(byte[] found, int sector) {
        for (byte[] one : possible) {
            if (Arrays.equals(found, sector, sector + SECTOR, one, sector, sector + SECTOR)) {
                return;
            }
        }
        fail("sector at " + sector + " holds what nobody has written to it since the last flush, nor before");
    }

    /** Goes to each snapshot, and comes back by way of one made for that. */
    void checkSnapshots(SnapshotHandler handler, SnapshotStore store) throws IOException {
        store.create("here");
        for (Map.Entry<String, byte[]> snapshot : snapshots.entrySet()) {
            store.rollback(snapshot.getKey());
            assertTrue(
                    Arrays.equals(snapshot.getValue(), read(handler)),
                    "snapshot " + snapshot.getKey() + " is not what it was");
        }
        store.rollback("here");
        store.delete("here");
        flushed();
        checkNow(handler);
    }

    /** Deletes and discards all. */
    void empty(SnapshotHandler handler, SnapshotStore store) throws IOException {
        for (String name : snapshots.keySet()) {
            store.delete(name);
        }
        handler.discard(0, now.length);
        handler.flush();
    }

    private byte[] read(SnapshotHandler handler) throws IOException {
        ByteBuffer dst = ByteBuffer.allocate(now.length);
        handler.read(0, dst);
        assertEquals(0, dst.remaining());
        return dst.array();
    }
}
