package org.dmuser.cli.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.LowPriority;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.LockedException;
import org.dmuser.examples.backup.repository.NoSuchPointException;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.WrongKeyException;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.LimitedStorage;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.work.Progress;
import org.dmuser.examples.backup.work.Stop;

/** A command on a repository: opens it, and says what goes wrong by its exit status. */
abstract class RepositoryCommand extends DmuserCommand {
    /** More than it takes to make durable what there is, also where the repository is far away. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final Value<String> url =
            grammar.word(String.class, "REPO", "The repository: a directory, or s3://BUCKET/PREFIX?endpoint=URL.");
    private final KeyOptions key = new KeyOptions(grammar);

    /** Also for what waits in a storage. */
    private final Stop stop = new Stop();

    RepositoryCommand(String description, String... footer) {
        super(description, footer);
    }

    /** What a command with progress does. */
    @FunctionalInterface
    interface Work<T> {
        T run(Progress progress, Stop stop) throws IOException;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        try {
            requireWritten("REPO", url());
            return run();
        } catch (DamagedException e) {
            throw new CliException(CliException.DAMAGED, e.getMessage(), e);
        } catch (LockedException | DeviceInUseException e) {
            throw new CliException(CliException.LOCKED, e.getMessage(), e);
        } catch (WrongKeyException | NoSuchPointException e) {
            throw new CliException(e.getMessage(), e);
        }
    }

    /** Answers the exit status. */
    abstract int run() throws IOException, InterruptedException;

    /** A word that is empty is a variable of a script that is not set, and not the current directory. */
    static void requireWritten(String label, Object word) {
        if (word.toString().isEmpty()) {
            throw CliException.usage(label + " is empty");
        }
    }

    final String url() {
        return url.get();
    }

    final KeyChoice keyChoice() {
        return key.choice();
    }

    /** The repository of the command, if its options are all right. */
    final Repository open(LockKind lock, WorkOptions options) throws IOException {
        options.nice();
        return open(lock, options.limit());
    }

    /** The repository of the command. */
    final Repository open(LockKind lock, OptionalLong limit) throws IOException {
        return open(url(), key.choice(), lock, limit);
    }

    /**
     * A repository, locked.
     *
     * @param limit bytes a second
     */
    final Repository open(String url, KeyChoice choice, LockKind lock, OptionalLong limit) throws IOException {
        Repository repository = open(storage(url, limit), choice);
        try {
            repository.lock(lock);
            return repository;
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    private static Repository open(Storage storage, KeyChoice choice) throws IOException {
        Key key;
        try {
            key = choice.key(storage.url(), Repository.encryption(storage));
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
        return Repository.open(storage, key);
    }

    final Storage storage(String url, OptionalLong limit) throws IOException {
        Storage storage = Storages.open(url, stop);
        return limit.isPresent() ? new LimitedStorage(storage, limit.getAsLong(), stop) : storage;
    }

    /** Tells of index files that are damaged, whose part was read from the packs. */
    static void sayDamagedIndex(Repository repository) {
        sayOfIndex(
                repository,
                "the packs were read in its place. 'dmuser backup rebuild-index " + repository.url()
                        + "' makes the index anew, if no backup does so before");
    }

    /** Tells of index files that were damaged when a command began which writes to the repository. */
    static void sayNewIndex(Repository repository) {
        sayOfIndex(repository, "the index has been made anew from the packs");
    }

    private static void sayOfIndex(Repository repository, String done) {
        for (DamagedException damaged : repository.damagedIndexFiles()) {
            Console.error(damaged.getMessage() + "; " + done);
        }
    }

    /** Has {@code signal} break off what waits for the storage, until it is to {@link StopSignal#forget} the answer. */
    final Runnable breakOffBy(StopSignal signal) {
        Runnable request = stop::request;
        signal.onRequest(request);
        return request;
    }

    /**
     * Does something with its progress shown, at a low priority, until Ctrl-C.
     *
     * @throws CliException with the status of that, if it was
     */
    final <T> T work(WorkOptions options, String whenStopped, Work<T> work) throws IOException {
        breakOffBy(StopSignal.install(STOP_TIMEOUT));
        Progress progress = new Progress();
        LowPriority priority = LowPriority.begin(options.nice());
        ProgressView view = ProgressView.open(progress, options.progress());
        try {
            return work.run(progress, stop);
        } catch (IOException e) {
            if (isBrokenOff(e)) {
                throw new CliException(CliException.INTERRUPTED, "broken off: " + whenStopped, e);
            }
            throw e;
        } finally {
            view.close();
            priority.close();
        }
    }

    /** Whether work ended by a request to stop; it may have been another thread that was told so, in an upload. */
    static boolean isBrokenOff(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof Stop.StoppedException) {
                return true;
            }
        }
        return false;
    }
}
