package org.dmuser.shim.bio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.dmuser.channel.Errno;

/** A device that keeps the bios it is given until it is told to end them. */
public final class HoldingDevice implements BlockDevice {
    private final long sectors;
    private final BlockingQueue<Bio> held = new LinkedBlockingQueue<>();

    public HoldingDevice(long sectors) {
        this.sectors = sectors;
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void accept(Bio bio) {
        held.add(bio);
    }

    /** Waits for the next bio and takes it. */
    public Bio take() throws InterruptedException {
        return held.take();
    }

    /** Waits for the next {@code count} bios and takes them. */
    public List<Bio> take(int count) throws InterruptedException {
        List<Bio> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(take());
        }
        return taken;
    }

    public int heldCount() {
        return held.size();
    }

    /** Ends all that are held, in the order they came. */
    public void endAll(Errno status) {
        List<Bio> bios = new ArrayList<>();
        held.drainTo(bios);
        bios.forEach(bio -> bio.end(status));
    }
}
