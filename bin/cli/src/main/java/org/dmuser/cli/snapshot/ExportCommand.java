package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.examples.snapshot.SparseCopy;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.sdk.config.ByteSize;

/** {@code dmuser snapshot export}. */
final class ExportCommand extends StoreCommand {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Value<String> name = grammar.word(String.class, "SNAPSHOT", "Which one.");

    private final Value<Path> file = grammar.word(Path.class, "FILE", "Where to: a file that is not there yet.");

    private final Value<Boolean> force = grammar.flag("--force", "Overwrites a file that is there.");

    ExportCommand() {
        super("Writes a snapshot to a file: a raw image, with holes where it is zeros, that only its owner may read."
                + " The device may be in use.");
    }

    @Override
    public Integer call() throws IOException {
        Path path = file.get();
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new CliException(path + " is not a file: name one, which dmuser makes");
        }
        if (Files.exists(path) && !force.get()) {
            throw new CliException(path + " is there already: --force overwrites it");
        }
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        StoreAccess access = access();
        if (Files.exists(path) && access.uses(path)) {
            throw new CliException(path + " is the base of the store, or one of its files, and is not overwritten");
        }
        try (SnapshotView view = access.view(name.get())) {
            export(view, path, stop);
        }
        return 0;
    }

    /** What is called FILE is whole: until it is, it has another name. */
    private void export(SnapshotView view, Path path, StopSignal stop) throws IOException {
        Path partial = path.resolveSibling(path.getFileName() + ".partial");
        boolean done = false;
        // Of an export that was killed.
        Files.deleteIfExists(partial);
        try (FileChannel target = FileChannel.open(
                partial, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OwnerOnly.file())) {
            done = SparseCopy.copy(view, target, stop::isRequested);
        } finally {
            if (!done) {
                Files.deleteIfExists(partial);
            }
        }
        if (!done) {
            throw new CliException("broken off; nothing was written to " + path);
        }
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
        Console.println("snapshot " + name.get() + ", " + ByteSize.format(view.size()) + ", is in " + path);
    }
}
