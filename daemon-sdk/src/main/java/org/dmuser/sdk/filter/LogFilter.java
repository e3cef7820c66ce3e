package org.dmuser.sdk.filter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code log}: writes a line for each request when it has ended: what, where, how long it took, and how it went. */
public final class LogFilter implements FilterProvider {
    private static final ConfigKey<Path> FILE =
            ConfigKey.path("file", "the file lines are added to; the daemon's log if not given");

    @Override
    public String name() {
        return "log";
    }

    @Override
    public String description() {
        return "writes a line for each request";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(FILE);
    }

    @Override
    public BlockHandler create(BlockHandler next, HandlerConfig config) throws IOException {
        Optional<Path> file = config.find(FILE);
        return new Logging(next, file.isPresent() ? LogLines.toFile(file.get()) : LogLines.toSystemLog());
    }

    private interface Call {
        void run() throws IOException;
    }

    private record Logging(BlockHandler next, LogLines lines) implements FilterBlockHandler {
        @Override
        public void open(DeviceInfo device) throws IOException {
            lines.add("open " + device);
            next.open(device);
        }

        @Override
        public void read(long offset, ByteBuffer dst) throws IOException {
            log("read", offset, dst.remaining(), () -> next.read(offset, dst));
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            log("write", offset, src.remaining(), () -> next.write(offset, src));
        }

        @Override
        public void writeFua(long offset, ByteBuffer src) throws IOException {
            log("write-fua", offset, src.remaining(), () -> next.writeFua(offset, src));
        }

        @Override
        public void flush() throws IOException {
            log("flush", 0, 0, next::flush);
        }

        @Override
        public void discard(long offset, long length) throws IOException {
            log("discard", offset, length, () -> next.discard(offset, length));
        }

        @Override
        public void writeZeroes(long offset, long length) throws IOException {
            log("zeroes", offset, length, () -> next.writeZeroes(offset, length));
        }

        @Override
        public void close() throws IOException {
            try (lines) {
                next.close();
                lines.add("close");
            }
        }

        private void log(String operation, long offset, long length, Call call) throws IOException {
            long startNs = System.nanoTime();
            String result = "ok";
            try {
                call.run();
            } catch (IOException | RuntimeException | Error e) {
                result = e.toString();
                throw e;
            } finally {
                long tookUs = (System.nanoTime() - startNs) / 1000;
                lines.add(operation + " offset=" + offset + " length=" + length + " us=" + tookUs + ": " + result);
            }
        }
    }
}
