package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.util.UUID;
import org.dmuser.sdk.file.BootId;

/** The files of a store, by name. */
public interface StoreFiles {
    /** Opens one; it is empty if it was not there. Lasts when this returns. */
    StoreFile open(String name) throws IOException;

    /** As long as that is the same, they have all that was written to them. */
    default UUID boot() throws IOException {
        return BootId.read();
    }
}
