package org.dmuser.shim.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;

/** A device in memory that remembers what it was asked, and can be told to refuse, to hold or to dawdle. */
public final class MemoryDevice implements BlockDevice {
    private final ByteBuffer content;
    private final List<Asked> asked = new ArrayList<>();
    private final Queue<Bio> held = new ConcurrentLinkedQueue<>();
    private volatile boolean holding;
    private volatile boolean recording = true;
    private volatile boolean readOnly;
    private volatile Function<Bio, Errno> verdict = bio -> Errno.OK;

    /** What a bio was. */
    public record Asked(BioOp op, long flags, long sector, long length, ByteBuffer data) {}

    public MemoryDevice(int size) {
        content = ByteBuffer.allocateDirect(size);
    }

    @Override
    public long sectors() {
        return content.capacity() / Bio.SECTOR_SIZE;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void accept(Bio bio) {
        if (recording) {
            synchronized (asked) {
                asked.add(new Asked(bio.op(), bio.flags(), bio.sector(), bio.length(), bio.data()));
            }
        }
        if (!holding) {
            finish(bio);
            return;
        }
        held.add(bio);
        if (!holding) {
            // The release may have looked before it was there.
            release();
        }
    }

    private void finish(Bio bio) {
        Errno status = verdict.apply(bio);
        if (status == Errno.OK) {
            serve(bio);
        }
        bio.end(status);
    }

    private void serve(Bio bio) {
        int offset = (int) (bio.sector() * Bio.SECTOR_SIZE);
        int length = (int) bio.length();
        switch (bio.op()) {
            case READ -> bio.data().clear().put(0, content, offset, length);
            case WRITE -> {
                if (length > 0) {
                    content.put(offset, bio.data().clear(), 0, length);
                }
            }
            case DISCARD, WRITE_ZEROES -> {
                for (int i = 0; i < length; i++) {
                    content.put(offset + i, (byte) 0);
                }
            }
            default -> throw new IllegalStateException("cannot serve " + bio);
        }
    }

    public MemoryDevice readOnly(boolean value) {
        readOnly = value;
        return this;
    }

    /** Lets {@code verdict} say how each bio ends, before it is served; it may also throw, or take its time. */
    public MemoryDevice verdict(Function<Bio, Errno> value) {
        verdict = value;
        return this;
    }

    /** Stops remembering. */
    public MemoryDevice forgetful() {
        recording = false;
        return this;
    }

    /** Keeps bios, as a device without a daemon does, until {@link #release}. */
    public MemoryDevice hold() {
        holding = true;
        return this;
    }

    /** Serves what was kept, on the calling thread but for what comes just now, and keeps no more. */
    public void release() {
        holding = false;
        for (Bio bio = held.poll(); bio != null; bio = held.poll()) {
            finish(bio);
        }
    }

    public int heldCount() {
        return held.size();
    }

    /** What it was asked since the last call. */
    public List<Asked> takeAsked() {
        synchronized (asked) {
            List<Asked> taken = List.copyOf(asked);
            asked.clear();
            return taken;
        }
    }

    /** A copy of a range. */
    public byte[] bytes(int offset, int length) {
        byte[] copy = new byte[length];
        content.get(offset, copy);
        return copy;
    }

    public MemoryDevice fill(byte value) {
        for (int i = 0; i < content.capacity(); i++) {
            content.put(i, value);
        }
        return this;
    }
}
