package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.examples.backup.tracking.TrackingView;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command on a store. */
abstract class StoreCommand extends DmuserCommand {
    @Parameters(
            index = "0",
            paramLabel = "WHERE",
            description = "The name of the device, or the directory of the store, with a '/' in it.")
    private String where;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "The base of the store, if it is not where it was when the store was last in use.")
    private Path base;

    StoreAccess access() throws IOException {
        Path data = handlerData(where);
        if (Files.isRegularFile(data) && TrackingView.open(data).isPresent()) {
            throw new CliException(where + " belongs to the handler 'backup', which makes no snapshots: 'dmuser backup"
                    + " create' makes restore points of it");
        }
        return new StoreAccess(StoreDirectory.find(data), base);
    }
}
