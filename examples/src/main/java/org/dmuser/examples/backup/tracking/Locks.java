package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** Locks of whole files, which go with the channel or the process. */
public final class Locks {
    private Locks() {}

    /** False if another process has it, or another channel of this one. */
    public static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
