package org.dmuser.examples.backup.work;

import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;

/** Whether a chunk is as long as its place in the image. */
final class ContentLength {
    private ContentLength() {}

    static void require(ChunkId id, int wanted, int found) throws DamagedException {
        if (found != wanted) {
            throw new DamagedException("chunk " + id, "it has " + found + " bytes, and should have " + wanted);
        }
    }
}
