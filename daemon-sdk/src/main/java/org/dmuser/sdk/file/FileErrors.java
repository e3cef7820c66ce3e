package org.dmuser.sdk.file;

import java.io.IOException;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;

/** What a failed transfer means. */
public final class FileErrors {
    private FileErrors() {}

    /** Whether the disk is full. The JDK has no exception for that, only strerror's words. */
    public static boolean isFull(IOException e) {
        return e instanceof BlockException block && block.errno() == Errno.ENOSPC
                || Errno.ENOSPC.text().equals(e.getMessage());
    }

    /** The same, as a {@link BlockException} of ENOSPC where the disk is full, so that whoever wrote hears of it. */
    public static IOException withErrno(IOException e) {
        return isFull(e) && !(e instanceof BlockException) ? new BlockException(Errno.ENOSPC, e.getMessage(), e) : e;
    }
}
