package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.SpeedOptions;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.cli.run.DiskOptions;
import org.dmuser.cli.run.HandlerSource;
import org.dmuser.cli.run.RunPlan;
import org.dmuser.cli.run.RunSession;
import org.dmuser.cli.run.StaleRuns;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.work.PointBase;
import org.dmuser.examples.backup.work.PointDevice;
import org.dmuser.examples.backup.work.Stop;
import org.dmuser.examples.snapshot.BaseHandler;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.sdk.Handler;

/** {@code dmuser backup mount}. */
final class MountCommand extends RepositoryCommand {
    private final Value<String> point = grammar.word(String.class, "POINT", ShowCommand.POINT);

    private final Value<Path> file =
            grammar.word(Path.class, "FILE", "Where the disk is to be: a file that dmuser makes, or an empty one.");

    private final Value<Path> overlay = grammar.option(
            Path.class,
            "--overlay",
            "DIR",
            "Keeps what is written in DIR, which is made if it is not there; the next mount of the same"
                    + " point with the same DIR goes on with it.");

    private final DiskOptions disk = new DiskOptions(grammar);

    private final SpeedOptions speed = new SpeedOptions(grammar);

    MountCommand() {
        super(
                "Serves a restore point as a disk, at once: what is read of it is fetched then.",
                "",
                "The disk is FILE, writable, until Ctrl-C or until it is unmounted. What is written is thrown away at"
                        + " the end, unless --overlay keeps it; the restore point never changes.",
                "  dmuser backup mount /backup latest /tmp/disk",
                "  dmuser backup mount /backup latest /tmp/disk --mount /mnt",
                "  dmuser backup mount /backup 3f90 /tmp/disk --overlay /var/tmp/disk.overlay");
    }

    @Override
    int run() throws IOException, InterruptedException {
        if (disk.readOnly() && overlay.get() != null) {
            throw CliException.usage("--read-only and --overlay exclude each other: nothing is written");
        }
        disk.requirePermission();
        StopSignal stop = StopSignal.install(RunSession.STOP_TIMEOUT);
        new StaleRuns(stop).takeDown(file.get());
        RunPlan plan = new RunPlan(
                new PointSource(stop, breakOffBy(stop)),
                speed,
                Optional.empty(),
                Optional.of(file.get()),
                disk.loop(),
                Optional.empty(),
                false,
                disk.mountPoint(),
                disk.readOnly(),
                Optional.empty());
        return new RunSession(plan, this::runDirectory, stop).run();
    }

    private final class PointSource implements HandlerSource {
        private final StopSignal stop;
        private final Runnable breakOff;

        PointSource(StopSignal stop, Runnable breakOff) {
            this.stop = stop;
            this.breakOff = breakOff;
        }

        @Override
        public String name() {
            return "restore point " + point.get();
        }

        @Override
        public Handler make(UndoStack undo) throws IOException {
            Repository repository = open(LockKind.READ, OptionalLong.empty());
            undo.push("closing the repository", () -> close(repository));
            Point found = repository.points().find(point.get());
            sayPadding(found);
            if (overlay.get() == null && !disk.readOnly()) {
                // Before the base, which is closed by the handler that is made of it.
                Path place = overlays();
                undo.push("deleting " + place, () -> deleteIfEmpty(place));
                Path own = StoreDirectory.make(place).newOverlay();
                return PointDevice.throwAway(PointBase.open(repository.reader(), found), own);
            }
            PointBase base = PointBase.open(repository.reader(), found);
            if (disk.readOnly()) {
                return new BaseHandler(base);
            }
            Handler kept = PointDevice.kept(base, overlay.get(), found);
            // Writes of parts of blocks read the rest of them, also those that unmounting makes; and these are wanted.
            stop.forget(breakOff);
            return kept;
        }

        private static void close(Repository repository) throws IOException {
            try {
                repository.close();
            } catch (Stop.StoppedException e) {
                throw new IOException(
                        "its server does not answer; the lock stays until the next command on this machine finds it,"
                                + " or half an hour has passed",
                        e);
            }
        }

        private void sayPadding(Point found) {
            int padding = PointBase.padding(found.size());
            if (padding > 0) {
                Console.println("the image has " + found.size() + " bytes, and a disk is whole sectors of 512: "
                        + Amounts.count(padding, "zero follows", "zeros follow"));
            }
        }

        /** Another mount, which has the same file, may have its own in it. */
        private static void deleteIfEmpty(Path place) throws IOException {
            try {
                Files.deleteIfExists(place);
            } catch (DirectoryNotEmptyException e) {
                // Its last user deletes it.
            }
        }

        /** Beside the disk's file, where the user seems to have room. */
        private Path overlays() {
            return file.get().resolveSibling(file.get().getFileName() + ".overlay");
        }
    }
}
