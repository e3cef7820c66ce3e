package org.dmuser.tests.handlers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A disk with a bad block for each way in which a handler can go wrong; reading or writing one does. */
public final class Troubled extends Ram {
    public static final int BLOCK = 4096;

    /** What goes wrong at the block of that number. */
    public enum Trouble {
        NONE,
        RUNTIME_EXCEPTION,
        ERROR,
        STACK_OVERFLOW,
        SHORT,
        HANG
    }

    private static final ConfigKey<Path> HANGS = ConfigKey.path("hangs", "a file that is made when it begins to hang");

    private final Optional<Path> hangs;

    public Troubled(HandlerConfig config) {
        hangs = config.find(HANGS);
    }

    @Override
    public void read(long offset, ByteBuffer dst) {
        if (!trouble(offset, dst)) {
            super.read(offset, dst);
        }
    }

    @Override
    public void write(long offset, ByteBuffer src) {
        if (!trouble(offset, src)) {
            super.write(offset, src);
        }
    }

    private boolean trouble(long offset, ByteBuffer buffer) {
        int number = (int) (offset / BLOCK);
        Trouble[] all = Trouble.values();
        switch (number < all.length ? all[number] : Trouble.NONE) {
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("a handler with a defect\nof two lines");
            case ERROR -> throw new LinkageError("a handler with a worse defect");
            case STACK_OVERFLOW -> endless(0);
            case SHORT -> buffer.position(buffer.limit() / 2);
            case HANG -> hang();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    /** For ever, whoever interrupts. */
    private void hang() {
        hangs.ifPresent(Troubled::make);
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Goes on hanging: that is what it is for.
                continue;
            }
        }
    }

    private static void make(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
