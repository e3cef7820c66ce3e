package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.dmuser.examples.backup.repository.crypto.Encryption;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.Keys;
import org.dmuser.examples.backup.repository.crypto.WrappedKey;
import org.dmuser.examples.backup.repository.crypto.WrongKeyException;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.Storage;

/**
 * A repository that is open. First it is locked, then used:
 *
 * <pre>{@code
 * try (Repository repository = Repository.open(Storages.open("/backup"), Key.NONE)) {
 *     repository.lock(LockKind.WRITE);
 *     try (ChunkWriter writer = repository.writer()) {
 *         ImageTreeBuilder tree = ImageTreeBuilder.empty(writer, size);
 *         tree.set(0, writer.put(ChunkType.DATA, chunk)); // and so on
 *         ChunkId root = tree.finish();
 *         writer.flush();
 *         repository.points().write(new Point(Points.newId(), ..., root, ...));
 *     }
 * }
 * }</pre>
 *
 * <p>Threads: opened, locked and closed by one; what it hands out says for itself.
 */
public final class Repository implements AutoCloseable {
    private final Storage storage;
    private final Configuration configuration;
    private final Keys keys;
    private final Index index;
    private RepositoryLock lock;
    private LockKind lockKind;

    private Repository(Storage storage, Configuration configuration, Keys keys) {
        this.storage = storage;
        this.configuration = configuration;
        this.keys = keys;
        index = new Index(storage, keys.metadataSealer());
    }

    /**
     * Makes a repository. The storage is closed with it, and also if this fails.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public static Repository create(Storage storage, Key key) throws IOException {
        return create(storage, key, WrappedKey.Cost.RECOMMENDED);
    }

    static Repository create(Storage storage, Key key, WrappedKey.Cost cost) throws IOException {
        try {
            requireNone(storage);
            storage.create(Names.FOLDERS);
            String id = Names.unique() + Names.unique();
            Optional<WrappedKey> wrapped = key.encryption() == Encryption.NONE
                    ? Optional.empty()
                    : Optional.of(WrappedKey.create(key, cost, context(id)));
            Configuration configuration = new Configuration(id, wrapped);
            Repository repository = new Repository(storage, configuration, keys(storage, configuration, key));
            write(storage, configuration);
            return repository;
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static void write(Storage storage, Configuration configuration) throws IOException {
        try {
            storage.put(Names.CONFIG, configuration.bytes());
            storage.sync();
        } catch (IOException e) {
            try {
                // Whoever was told that there is no repository may throw its key away.
                storage.delete(Names.CONFIG);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private static void requireNone(Storage storage) throws IOException {
        try {
            storage.read(Names.CONFIG);
            throw new java.nio.file.FileAlreadyExistsException(storage.url(), null, "it is a repository already");
        } catch (NoSuchFileException e) {
            requireNothingStored(storage);
        }
    }

    /** Packs of a repository that has lost its configuration would become part of one that cannot open them. */
    private static void requireNothingStored(Storage storage) throws IOException {
        String left = whatIsLeft(storage);
        if (!left.isEmpty()) {
            throw new java.nio.file.FileAlreadyExistsException(storage.url(), null, left);
        }
    }

    /** What tells of a repository that was there; empty if nothing does. */
    private static String whatIsLeft(Storage storage) throws IOException {
        for (String folder : List.of(Names.POINTS, Names.PACKS, Names.INDEX)) {
            if (!storage.list(folder).isEmpty()) {
                return "it was a repository, and has " + folder
                        + ", but its file 'config' is gone: put that back from a" + " copy of this repository";
            }
        }
        return "";
    }

    /**
     * Opens a repository. The storage is closed with it, and also if this fails.
     *
     * @throws NoSuchFileException if there is none
     * @throws WrongKeyException if the key does not open it
     * @throws DamagedException if its configuration is not what was once written
     */
    public static Repository open(Storage storage, Key key) throws IOException {
        try {
            Configuration configuration = configuration(storage);
            return new Repository(storage, configuration, keys(storage, configuration, key));
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** What it takes to open the repository of a storage, which stays open. */
    public static Encryption encryption(Storage storage) throws IOException {
        return configuration(storage).encryption();
    }

    private static Configuration configuration(Storage storage) throws IOException {
        try {
            return Configuration.parse(storage.read(Names.CONFIG));
        } catch (NoSuchFileException e) {
            String left = whatIsLeft(storage);
            throw new NoSuchFileException(
                    storage.url(),
                    null,
                    left.isEmpty()
                            ? "there is no repository; 'dmuser backup init " + storage.url() + "' makes one"
                            : left);
        }
    }

    private static Keys keys(Storage storage, Configuration configuration, Key key) throws IOException {
        if (configuration.encryption() != key.encryption()) {
            throw new WrongKeyException("repository " + storage.url() + needs(configuration.encryption()));
        }
        if (configuration.key().isEmpty()) {
            return Keys.NONE;
        }
        try {
            return configuration.key().get().open(key, context(configuration.id()));
        } catch (WrongKeyException e) {
            throw new WrongKeyException("repository " + storage.url() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new DamagedException(Names.CONFIG, "what it says of the passphrase cannot be: " + e.getMessage());
        }
    }

    private static String needs(Encryption encryption) {
        return switch (encryption) {
            case NONE -> " is not encrypted: it takes no passphrase and no key file";
            case PASSPHRASE -> " takes a passphrase";
            case KEY_FILE -> " takes a key file";
        };
    }

    private static byte[] context(String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }

    /** 32 hexadecimal digits, which no other repository has. */
    public String id() {
        return configuration.id();
    }

    public String url() {
        return storage.url();
    }

    public Encryption encryption() {
        return configuration.encryption();
    }

    /**
     * Locks it, until it is closed; once only.
     *
     * @throws LockedException if someone else's lock is in the way
     */
    public RepositoryLock lock(LockKind kind) throws IOException {
        if (lock != null) {
            throw new IllegalStateException("repository " + url() + " is locked already");
        }
        if (storage.isLocal()) {
            // Empty directories are lost on many a way: some tools that copy leave them out.
            storage.create(Names.FOLDERS);
        }
        lock = new Locks(storage).acquire(kind);
        lockKind = kind;
        return lock;
    }

    private void requireLocked(LockKind least) throws IOException {
        if (lock == null || lockKind.compareTo(least) < 0) {
            throw new IllegalStateException("repository " + url() + " is not locked: " + least);
        }
        lock.requireHeld();
    }

    public Points points() {
        return new Points(storage, keys.metadataSealer(), () -> requireLocked(LockKind.WRITE));
    }

    /** A new reader. Without a lock, what it is to read may be removed beneath it. */
    public ChunkReader reader() {
        return new ChunkReader(storage, index, new Codecs(keys::chunkSealer));
    }

    /** A new writer; one at a time. */
    public ChunkWriter writer() throws IOException {
        requireLocked(LockKind.WRITE);
        return new ChunkWriter(storage, index, new Codecs(keys::chunkSealer), keys.metadataSealer());
    }

    /**
     * Writes the index anew from the packs.
     *
     * @return the packs left out, because they are damaged
     */
    public List<DamagedException> rebuildIndex() throws IOException {
        requireLocked(LockKind.EXCLUSIVE);
        return index.rebuild();
    }

    /**
     * Looks for what no point needs. Removes nothing yet.
     *
     * @param live all points there are, less those that will have been removed when it runs
     * @param wastePercentMax how much of the chunks of a pack may be of no use before the others are written anew
     * @throws DamagedException if anything that a point needs is missing
     */
    public Sweep sweep(Collection<Point> live, int wastePercentMax) throws IOException {
        requireLocked(LockKind.EXCLUSIVE);
        Sweep sweep = new Sweep(storage, index, keys.metadataSealer(), () -> requireLocked(LockKind.EXCLUSIVE));
        try (ChunkReader reader = reader()) {
            sweep.plan(reader, live, wastePercentMax);
        }
        return sweep;
    }

    /** Files of the index that were damaged when they were read: what they said was read from the packs instead. */
    public List<DamagedException> damagedIndexFiles() {
        return index.damagedFiles();
    }

    /** A check of everything stored. */
    public RepositoryCheck check() throws IOException {
        return new RepositoryCheck(storage, index, new Codecs(keys::chunkSealer));
    }

    /** Begins to set packs aside in which a check has found damage. Removes nothing yet. */
    public SetAside setAside(RepositoryCheck check) throws IOException {
        requireLocked(LockKind.EXCLUSIVE);
        return new SetAside(
                storage,
                index,
                new Codecs(keys::chunkSealer),
                keys.metadataSealer(),
                () -> requireLocked(LockKind.EXCLUSIVE),
                check.withDamage());
    }

    /** Gives back the lock. */
    @Override
    public void close() throws IOException {
        try (storage) {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
