package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.examples.backup.tracking.TrackingView;
import org.dmuser.examples.snapshot.store.StoreDirectory;

/** A command on a store. */
abstract class StoreCommand extends DmuserCommand {
    private final Value<String> where = grammar.word(
            String.class, "WHERE", "The name of the device, or the directory of the store, with a '/' in it.");

    private final Value<Path> base = grammar.option(
            Path.class,
            "--base",
            "FILE",
            "The base of the store, if it is not where it was when the store was last in use.");

    StoreCommand(String description) {
        super(description);
    }

    StoreAccess access() throws IOException {
        Path data = handlerData(where.get());
        if (Files.isRegularFile(data) && TrackingView.open(data).isPresent()) {
            throw new CliException(
                    where.get() + " belongs to the handler 'backup', which makes no snapshots: 'dmuser backup"
                            + " create' makes restore points of it");
        }
        return new StoreAccess(StoreDirectory.find(data), base.get());
    }
}
