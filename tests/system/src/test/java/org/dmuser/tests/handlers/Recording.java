package org.dmuser.tests.handlers;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A disk that writes down what it is asked for besides plain reads and writes, a line each. */
public final class Recording extends Ram {
    private static final ConfigKey<Path> LOG = ConfigKey.path("log", "where it is written down");

    private final Path log;

    public Recording(HandlerConfig config) {
        log = config.value(LOG);
    }

    @Override
    public void flush() {
        record("flush");
    }

    @Override
    public void writeFua(long offset, ByteBuffer src) {
        record("fua " + offset + " " + src.remaining());
        write(offset, src);
    }

    @Override
    public void discard(long offset, long length) {
        record("discard " + offset + " " + length);
        zero(offset, length);
    }

    @Override
    public void writeZeroes(long offset, long length) {
        record("zero " + offset + " " + length);
        zero(offset, length);
    }

    private void zero(long offset, long length) {
        range(offset, length).put(new byte[Math.toIntExact(length)]);
    }

    private void record(String line) {
        try {
            Files.writeString(log, line + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
