package org.dmuser.shim.target;

import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;

/** What a device should do, written so simply that it must be right: an array, or lines over other devices. */
abstract class ModelDevice {
    private final String path;

    ModelDevice(String path) {
        this.path = path;
    }

    /** How a table line names the real one. */
    String path() {
        return path;
    }

    abstract int sectors();

    /** Does to {@code data} and to the device what a bio should; returns the status it should end with. */
    abstract Errno apply(BioOp op, int sector, int count, byte[] data, int dataOffset);

    abstract void flush();

    /** An array of bytes. */
    static final class Array extends ModelDevice {
        private final byte[] content;
        private int flushCount;

        Array(String path, int sectors) {
            super(path);
            content = new byte[sectors * Bio.SECTOR_SIZE];
        }

        byte[] content() {
            return content;
        }

        int flushCount() {
            return flushCount;
        }

        @Override
        int sectors() {
            return content.length / Bio.SECTOR_SIZE;
        }

        @Override
        Errno apply(BioOp op, int sector, int count, byte[] data, int dataOffset) {
            int offset = sector * Bio.SECTOR_SIZE;
            int length = count * Bio.SECTOR_SIZE;
            switch (op) {
                case READ -> System.arraycopy(content, offset, data, dataOffset, length);
                case WRITE -> System.arraycopy(data, dataOffset, content, offset, length);
                case DISCARD, WRITE_ZEROES -> Arrays.fill(content, offset, offset + length, (byte) 0);
            }
            return Errno.OK;
        }

        @Override
        void flush() {
            flushCount++;
        }
    }

    /** A mapped device. */
    static final class Mapped extends ModelDevice {
        private List<ModelLine> lines;

        Mapped(String path, List<ModelLine> lines) {
            super(path);
            this.lines = lines;
        }

        List<ModelLine> lines() {
            return lines;
        }

        void lines(List<ModelLine> newLines) {
            lines = newLines;
        }

        @Override
        int sectors() {
            return lines.get(lines.size() - 1).end();
        }

        @Override
        Errno apply(BioOp op, int sector, int count, byte[] data, int dataOffset) {
            Errno first = Errno.OK;
            for (ModelLine line : lines) {
                int from = Math.max(sector, line.start());
                int to = Math.min(sector + count, line.end());
                if (from < to) {
                    int offset = dataOffset + (from - sector) * Bio.SECTOR_SIZE;
                    Errno status = apply(line, op, from, to - from, data, offset);
                    first = first == Errno.OK ? status : first;
                    if (line.kind() == ModelLine.Kind.ZERO && status == Errno.EOPNOTSUPP) {
                        return first;
                    }
                }
            }
            return first;
        }

        private static Errno apply(ModelLine line, BioOp op, int sector, int count, byte[] data, int dataOffset) {
            switch (line.kind()) {
                case ERROR:
                    return Errno.EIO;
                case LINEAR:
                    int below = sector - line.start() + line.offset();
                    return line.below().apply(op, below, count, data, dataOffset);
                default:
                    if (op == BioOp.WRITE_ZEROES) {
                        return Errno.EOPNOTSUPP;
                    }
                    if (op == BioOp.READ) {
                        Arrays.fill(data, dataOffset, dataOffset + count * Bio.SECTOR_SIZE, (byte) 0);
                    }
                    return Errno.OK;
            }
        }

        @Override
        void flush() {
            for (ModelLine line : lines) {
                if (line.kind() == ModelLine.Kind.LINEAR) {
                    line.below().flush();
                }
            }
        }
    }
}
