package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.Fields;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * Locks of a repository, as objects in it: that works on every storage on which a listing shows what was put before.
 *
 * <pre>
 *   look: a lock in the way? -> LockedException
 *   put my lock
 *   look again: another in the way? -> take mine away, wait a little, begin anew
 * </pre>
 *
 * <p>Of two that come at the same time, the one whose second look is later sees the other's lock; perhaps both see one,
 * and both try again, but never neither. A lock in the way of a process of this machine that is dead is removed; so is
 * one of another machine that has not been renewed for {@link #STALE_AFTER_MS}, by the clock of the storage.
 */
final class Locks {
    /** A lock is renewed every few minutes while it is held. */
    static final long STALE_AFTER_MS = TimeUnit.MINUTES.toMillis(30);

    private static final int ATTEMPTS = 5;

    private final Storage storage;
    private final Holder self;

    Locks(Storage storage) throws IOException {
        this.storage = storage;
        self = Holder.self();
    }

    RepositoryLock acquire(LockKind kind) throws IOException {
        for (int attempt = 1; ; attempt++) {
            requireFree(kind, "");
            RepositoryLock lock = RepositoryLock.put(storage, Names.unique(), content(kind));
            try {
                requireFree(kind, lock.name());
                lock.keep();
                return lock;
            } catch (LockedException e) {
                lock.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(20, 200)));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        }
    }

    private ByteBuffer content(LockKind kind) {
        Fields fields = new Fields(Names.LOCKS).put("kind", kind);
        self.put(fields);
        return fields.bytes();
    }

    /** Throws if another lock is in the way of one of {@code kind}. */
    private void requireFree(LockKind kind, String mine) throws IOException {
        List<StoredObject> objects = storage.list(Names.LOCKS);
        for (StoredObject object : objects) {
            if (!object.name().equals(mine)) {
                requireFree(kind, object);
            }
        }
    }

    private void requireFree(LockKind kind, StoredObject object) throws IOException {
        String name = Names.lock(object.name());
        try {
            Fields fields = Fields.parse(name, storage.read(name));
            LockKind other = fields.value("kind", LockKind::valueOf);
            if (!kind.goesWith(other)) {
                requireDead(Holder.of(fields), other, object);
            }
        } catch (NoSuchFileException e) {
            // Given up since it was listed.
        } catch (DamagedException e) {
            // Torn by a loss of power; or nothing of ours.
            requireOld(object, name + " is there and cannot be read");
        }
    }

    private void requireDead(Holder holder, LockKind kind, StoredObject object) throws IOException {
        String message = "process " + holder.pid() + " on " + holder.host() + " " + kind.verb() + " there";
        switch (holder.life(self, storage.isLocal(), object.modifiedMs())) {
            case ALIVE -> throw locked(message);
            case DEAD -> storage.delete(Names.lock(object.name()));
            case UNKNOWN -> requireOld(object, message);
        }
    }

    private void requireOld(StoredObject object, String message) throws IOException {
        if (storageNowMs() - object.modifiedMs() < STALE_AFTER_MS) {
            throw locked(message + "; if it does not any more, remove " + Names.lock(object.name()));
        }
        storage.delete(Names.lock(object.name()));
    }

    /** What the clock of the storage says: the clocks of two machines may differ. */
    private long storageNowMs() throws IOException {
        String probe = Names.unique();
        storage.putTransient(Names.probe(probe), ByteBuffer.allocate(0));
        try {
            for (StoredObject object : storage.list(Names.PROBES)) {
                if (object.name().equals(probe)) {
                    return object.modifiedMs();
                }
            }
            throw new IOException("repository " + storage.url() + ": what was just put there is not listed");
        } finally {
            storage.delete(Names.probe(probe));
        }
    }

    private LockedException locked(String message) {
        return new LockedException("repository " + storage.url() + " is locked: " + message);
    }
}
