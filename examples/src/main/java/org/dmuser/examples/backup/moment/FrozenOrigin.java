package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.READ;
import static org.dmuser.examples.backup.tracking.Tracking.BLOCK_SIZE;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.examples.backup.tracking.TrackingView;
import org.dmuser.sdk.control.ControlConnection;
import org.dmuser.sdk.file.FileTransfer;

/**
 * The moment of a device whose daemon runs. Reads the origin, and then looks whether that was right to do: the package
 * says why that is enough.
 */
final class FrozenOrigin implements FrozenDevice {
    /** A connection takes no more words than that. */
    private static final int BASES_MAX = 1000;

    private final ControlConnection connection;
    private final FrozenState state;
    private final Path originPath;
    private final FileChannel origin;
    private final Holes holes;
    private final MomentMap map;
    private final KeptPieces kept;

    private FrozenOrigin(ControlConnection connection, Path tracking, String[] answer) throws IOException {
        this.connection = connection;
        TrackingView view = TrackingView.open(tracking)
                .orElseThrow(() -> new MomentBrokenException("tracking file " + tracking + " was replaced"));
        this.originPath = view.originPath();
        this.holes = new Holes(originPath);
        MomentFiles files = MomentFiles.of(tracking);
        this.map = MomentMap.open(files.map(), view.blocks(), Long.parseLong(answer[1]));
        this.state = FrozenState.of(
                view.size(),
                TrackingPoint.parse(answer[0]),
                new Base(Optional.of(answer[2]).filter(base -> !base.isEmpty()).map(TrackingPoint::parse), answer[3]),
                ChangedBlocks.of(map.wanted(), BLOCK_SIZE, view.size()));
        this.kept = KeptPieces.open(files, map);
        try {
            this.origin = FileChannel.open(originPath, READ);
        } catch (IOException e) {
            kept.close();
            throw e;
        }
    }

    /**
     * Begins a moment.
     *
     * @param connection to the daemon; closed with this
     */
    static FrozenOrigin freeze(ControlConnection connection, Path tracking, List<TrackingPoint> bases)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(MomentSession.FREEZE));
        bases.stream().limit(BASES_MAX).forEach(base -> words.add(base.toString()));
        try {
            String[] answer = connection.ask(words.toArray(String[]::new)).split("\n", 4);
            if (answer[0].equals(MomentSession.IN_USE)) {
                throw new DeviceInUseException(answer[1]);
            }
            return new FrozenOrigin(connection, tracking, answer);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public FrozenState state() {
        return state;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        int start = dst.position();
        long end = offset + dst.remaining();
        FileTransfer.readFully(originPath, origin, offset, dst);
        // What was read before is not to be believed by a bit that was looked at before.
        VarHandle.fullFence();
        for (long at = offset; at < end; at = Pieces.chunkEnd(at, end)) {
            long copied = copied(at, Pieces.chunkEnd(at, end));
            if (copied != 0) {
                ByteBuffer part = dst.duplicate();
                part.limit(start + (int) (Pieces.chunkEnd(at, end) - offset)).position(start + (int) (at - offset));
                kept.read(Pieces.chunk(at), copied, at, part);
            }
        }
        map.requireOpen();
    }

    /** Which pieces of a range within a chunk were kept. */
    private long copied(long from, long to) {
        return map.copied(Pieces.chunk(from)) & Pieces.touched(from, to);
    }

    /** As {@link #read}: the hole is believed only if nothing in it was written meanwhile. */
    @Override
    public boolean isHole(long offset, long length) throws IOException {
        if (!holes.isHole(offset, length)) {
            return false;
        }
        VarHandle.fullFence();
        long end = offset + length;
        for (long at = offset; at < end; at = Pieces.chunkEnd(at, end)) {
            if (copied(at, Pieces.chunkEnd(at, end)) != 0) {
                return false;
            }
        }
        map.requireOpen();
        return true;
    }

    @Override
    public long requests() {
        return map.requests();
    }

    @Override
    public void done(long offset, long length) {
        long end = offset + length;
        int first = (int) ((offset + BLOCK_SIZE - 1) / BLOCK_SIZE);
        int last = (int) ((end == state.size() ? end + BLOCK_SIZE - 1 : end) / BLOCK_SIZE);
        for (int block = first; block < last; block++) {
            map.setDone(block);
        }
    }

    /** Waits until the moment has ended, so that the next can begin at once. */
    @Override
    public void close() throws IOException {
        try (connection;
                origin;
                holes;
                kept) {
            endMoment();
        }
    }

    private void endMoment() {
        try {
            // Also of a moment that is over: its daemon has it until then, and takes no other.
            connection.ask(MomentSession.END);
        } catch (IOException e) {
            // The daemon has gone, and the moment with it; what was read of it is right.
            RingMemory.sweep();
        }
    }
}
