package org.dmuser.cli.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile;
import org.dmuser.shim.target.log.LogFile.Numbered;

/** Does again what a log says, in its order. One thread. */
final class Replay {
    private static final int BUFFER = 1 << 20;

    private final LogFile log;
    private final ReplayTarget target;
    private final boolean discards;
    private final Check check;
    private final StopSignal stop;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    /**
     * One that has not begun.
     *
     * @param discards whether they are replayed
     * @param check null for none
     */
    Replay(LogFile log, ReplayTarget target, boolean discards, Check check, StopSignal stop) {
        this.log = log;
        this.target = target;
        this.discards = discards;
        this.check = check;
        this.stop = stop;
    }

    /** Replays the entries of that range. */
    void run(RangeOptions.Range range) throws IOException, InterruptedException {
        log.rewind();
        for (Numbered entry = log.next(); entry != null && entry.number() <= range.last(); entry = log.next()) {
            if (entry.number() >= range.first()) {
                replay(entry);
                if (check != null) {
                    check.after(entry, target.path());
                }
                if (stop.isRequested()) {
                    throw new CliException(
                            CliException.INTERRUPTED,
                            "broken off: " + target.path() + " is as it was after entry " + entry.number(),
                            null);
                }
            }
        }
        target.force();
    }

    private void replay(Numbered numbered) throws IOException {
        LogEntry entry = numbered.entry();
        int sectorSize = log.superblock().sectorSize();
        long offset = entry.sector() * sectorSize;
        long length = entry.sectors() * sectorSize;
        if (!entry.has(LogEntry.DISCARD)) {
            copy(numbered.position(), offset, length);
        } else if (discards && length > 0) {
            target.discard(offset, length);
        }
    }

    private void copy(long position, long offset, long length) throws IOException {
        for (long done = 0; done < length; done += buffer.limit()) {
            buffer.clear().limit((int) Math.min(BUFFER, length - done));
            log.read(position + done, buffer);
            target.write(offset + done, buffer.flip());
        }
    }
}
