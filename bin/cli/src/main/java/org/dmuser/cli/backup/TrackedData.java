package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.examples.snapshot.store.StoreDirectory;

/** What a user has named for a backup. */
final class TrackedData {
    private TrackedData() {}

    /**
     * Checks that it is not what another handler of ours keeps.
     *
     * @param where as the user named it
     * @throws CliException if it is
     */
    static void requireNoStore(String where, Path data) throws IOException {
        if (Files.isDirectory(data) && isStore(data)) {
            throw new CliException(where + " belongs to the handler 'snapshot', and 'dmuser snapshot' works on it:"
                    + " the handler 'backup' takes note of what changes, and a file of 'dmuser snapshot export' can be"
                    + " backed up, too");
        }
    }

    private static boolean isStore(Path data) {
        try {
            StoreDirectory.find(data);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
