package org.dmuser.examples.snapshot.store;

import java.io.IOException;

/** The files of a store, by name. */
public interface StoreFiles {
    /** Opens one; it is empty if it was not there. Lasts when this returns. */
    StoreFile open(String name) throws IOException;
}
