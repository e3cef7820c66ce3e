package org.dmuser.shim.target.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A write log in a file or on a block device, read from its beginning, entry by entry. Trusts nothing it reads. One
 * thread.
 */
public final class LogFile implements AutoCloseable {
    private static final int SECTOR_SIZE_MIN = 512;
    private static final int SECTOR_SIZE_MAX = 1 << 16;

    /**
     * An entry, and where it was found.
     *
     * @param number from 0
     * @param position where its data begins in the log, in bytes
     * @param text of a mark; empty for the others
     */
    public record Numbered(long number, long position, LogEntry entry, String text) {}

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final LogSuperblock superblock;
    private final ByteBuffer header;
    private long nextNumber;
    private long nextPosition;

    private LogFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.superblock = readSuperblock();
        this.header = ByteBuffer.allocate(superblock.sectorSize());
        rewind();
    }

    /** @throws IOException with words for the user if it cannot be read, or is no log */
    public static LogFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new LogFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private LogSuperblock readSuperblock() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LogSuperblock.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        if (size < LogSuperblock.SIZE) {
            throw new IOException(
                    path + " is no write log: it has " + size + " bytes, and one begins with " + LogSuperblock.SIZE);
        }
        read(0, bytes);
        long magic = bytes.getLong(LogSuperblock.MAGIC_OFFSET);
        if (magic != LogSuperblock.MAGIC) {
            throw new IOException(path + " is no write log: it begins with 0x" + Long.toHexString(magic) + ", not 0x"
                    + Long.toHexString(LogSuperblock.MAGIC)
                    + (magic == 0 ? "; a log has no beginning before its first mark or write with FUA" : ""));
        }
        long version = bytes.getLong(LogSuperblock.VERSION_OFFSET);
        if (version != LogSuperblock.VERSION) {
            throw new IOException(path + " is a write log of version " + Long.toUnsignedString(version) + ", and only "
                    + LogSuperblock.VERSION + " is known");
        }
        return new LogSuperblock(
                checkedCount(bytes.getLong(LogSuperblock.ENTRIES_OFFSET)),
                checkedSectorSize(bytes.getInt(LogSuperblock.SECTOR_SIZE_OFFSET)));
    }

    private long checkedCount(long entries) throws IOException {
        if (entries < 0) {
            throw new IOException(path + " is damaged: it says it has " + Long.toUnsignedString(entries) + " entries");
        }
        return entries;
    }

    private int checkedSectorSize(int sectorSize) throws IOException {
        boolean possible =
                sectorSize >= SECTOR_SIZE_MIN && sectorSize <= SECTOR_SIZE_MAX && Integer.bitCount(sectorSize) == 1;
        if (!possible) {
            throw new IOException(path + " is damaged: it says its sectors have "
                    + Integer.toUnsignedString(sectorSize) + " bytes, which is not a power of two from "
                    + SECTOR_SIZE_MIN + " to " + SECTOR_SIZE_MAX);
        }
        return sectorSize;
    }

    public Path path() {
        return path;
    }

    public LogSuperblock superblock() {
        return superblock;
    }

    /** Begins again with the first entry. */
    public void rewind() {
        nextNumber = 0;
        nextPosition = superblock.sectorSize();
    }

    /**
     * The next entry, null behind the last one.
     *
     * @throws IOException with words for the user if there is none where one should be
     */
    public Numbered next() throws IOException {
        if (nextNumber == superblock.entries()) {
            return null;
        }
        requireWithin(nextPosition, superblock.sectorSize());
        read(nextPosition, header.clear());
        LogEntry entry = LogEntry.read(header);
        checkNumbers(entry);
        long position = nextPosition + superblock.sectorSize();
        long length = entry.dataSectors() * superblock.sectorSize();
        requireWithin(position, length);
        Numbered numbered = new Numbered(nextNumber, position, entry, text(entry));
        nextNumber++;
        nextPosition = position + length;
        return numbered;
    }

    private void requireWithin(long position, long length) throws IOException {
        if (length > size - position) {
            throw damaged("the log ends at byte " + size + ", and the entry goes on to byte " + (position + length));
        }
    }

    /** All that is computed with them has to fit. */
    private void checkNumbers(LogEntry entry) throws IOException {
        long sectorsMax = Long.MAX_VALUE / superblock.sectorSize() / 4;
        boolean possible = entry.sectors() > 0
                && entry.sectors() <= sectorsMax
                && entry.sector() >= 0
                && entry.sector() <= sectorsMax;
        // The kernel leaves in the sector of a flush whatever came of moving it through tables.
        if (!possible && entry.sectors() != 0) {
            throw damaged("it has " + Long.toUnsignedString(entry.sectors()) + " sectors at sector "
                    + Long.toUnsignedString(entry.sector()));
        }
        long textMax = superblock.sectorSize() - LogEntry.HEADER_SIZE;
        if (entry.has(LogEntry.MARK) && Long.compareUnsigned(entry.textLength(), textMax) > 0) {
            throw damaged("it is a mark of " + Long.toUnsignedString(entry.textLength())
                    + " bytes, and there is room for " + textMax);
        }
    }

    private IOException damaged(String how) {
        return new IOException(path + " is damaged: entry " + nextNumber + " of " + superblock.entries() + ": " + how);
    }

    private String text(LogEntry entry) {
        return entry.has(LogEntry.MARK)
                ? new String(header.array(), LogEntry.HEADER_SIZE, (int) entry.textLength(), StandardCharsets.UTF_8)
                : "";
    }

    /** Fills {@code data} with what is at {@code position} of the log. */
    public void read(long position, ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
            int count = channel.read(data, position);
            if (count < 0) {
                throw new IOException(path + " has become shorter: it ends before byte " + position);
            }
            position += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
