package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.util.List;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.control.ControlSession;

/**
 * Commands on a store: of those who have connected to its daemon, or of a program that has the store open itself.
 *
 * <pre>
 *   create NAME      freezes the device as it is
 *   delete NAME      gives a snapshot up
 *   rollback NAME    makes the device what it was then
 *   info             what there is, see {@link StoreInfoText}
 * </pre>
 */
public final class SnapshotSession implements ControlSession {
    private final StoreDirectory directory;
    private final SnapshotStore store;

    public SnapshotSession(StoreDirectory directory, SnapshotStore store) {
        this.directory = directory;
        this.store = store;
    }

    @Override
    public String run(List<String> words) throws IOException {
        if (words.equals(List.of("info"))) {
            return StoreInfoText.write(store.info());
        }
        if (words.size() != 2) {
            throw new IOException("no command of a snapshot store: " + String.join(" ", words));
        }
        try {
            change(words.get(0), words.get(1));
        } catch (ConfigException e) {
            throw new IOException(e.getMessage(), e);
        }
        return "";
    }

    private void change(String command, String name) throws IOException {
        switch (command) {
            case "create" -> store.create(name);
            case "delete" -> directory.delete(store, name);
            case "rollback" -> store.rollback(name);
            default -> throw new IOException("no command of a snapshot store: " + command + " " + name);
        }
    }
}
