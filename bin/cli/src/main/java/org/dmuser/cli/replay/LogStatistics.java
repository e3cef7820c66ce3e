package org.dmuser.cli.replay;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile.Numbered;

/** What is in a run of entries. */
final class LogStatistics {
    private final int sectorSize;
    private final List<Numbered> marks = new ArrayList<>();
    private long writes;
    private long writtenBytes;
    private long discards;
    private long discardedBytes;
    private long flushes;
    private long fua;
    private long end;

    /** @param sectorSize of the log, in bytes */
    LogStatistics(int sectorSize) {
        this.sectorSize = sectorSize;
    }

    void add(Numbered numbered) {
        LogEntry entry = numbered.entry();
        long bytes = entry.sectors() * sectorSize;
        flushes += entry.has(LogEntry.FLUSH) ? 1 : 0;
        fua += entry.has(LogEntry.FUA) ? 1 : 0;
        if (entry.has(LogEntry.MARK)) {
            marks.add(numbered);
        } else if (entry.has(LogEntry.DISCARD)) {
            discards++;
            discardedBytes += bytes;
        } else if (bytes > 0) {
            writes++;
            writtenBytes += bytes;
        }
        if (bytes > 0) {
            end = Math.max(end, entry.sector() * sectorSize + bytes);
        }
    }

    List<Numbered> marks() {
        return marks;
    }

    /** Bytes that the device has at least. */
    long end() {
        return end;
    }

    /** In one line. */
    String text() {
        return Amounts.count(writes, "write", "writes") + " of " + Amounts.bytes(writtenBytes) + ", "
                + Amounts.count(discards, "discard", "discards") + " of " + Amounts.bytes(discardedBytes) + ", "
                + Amounts.count(flushes, "flush", "flushes") + ", " + fua + " with FUA, "
                + Amounts.count(marks.size(), "mark", "marks");
    }

    JsonObject json() {
        return new JsonObject()
                .put("writes", writes)
                .put("writtenBytes", writtenBytes)
                .put("discards", discards)
                .put("discardedBytes", discardedBytes)
                .put("flushes", flushes)
                .put("fua", fua)
                .put("endBytes", end)
                .put("marks", marks.stream().map(EntryText::json).toList());
    }
}
