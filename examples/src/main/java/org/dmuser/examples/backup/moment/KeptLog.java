package org.dmuser.examples.backup.moment;

import java.nio.ByteBuffer;

/**
 * What the daemon keeps for a moment in memory, and lets go of to a file: the log of a {@link Ring}.
 *
 * <p>Threads: any number append; those that append pieces of one chunk do so one at a time.
 */
final class KeptLog {
    private final MomentMap map;
    private final Ring ring;
    private final Spill spill;

    /** @param spill of the same ring */
    KeptLog(MomentMap map, Ring ring, Spill spill) {
        this.map = map;
        this.ring = ring;
        this.spill = spill;
    }

    /**
     * Takes as much of {@code content} as there is memory for at the moment. The reader finds it once the pieces are
     * marked as copied.
     *
     * @param piece of the chunk, the first one of {@code content}
     */
    void append(int chunk, int piece, ByteBuffer content) {
        while (content.hasRemaining()) {
            int wanted = (content.remaining() + Pieces.SIZE - 1) / Pieces.SIZE;
            int slot = spill.take(wanted);
            if (slot == Spill.NONE) {
                return;
            }
            int count = Math.min(wanted, Ring.slotsLeft(slot));
            int length = Math.min(content.remaining(), count * Pieces.SIZE);
            ring.put(slot, content, length);
            content.position(content.position() + length);
            ring.putEntry(slot, Pieces.following(piece, count), map.lastEntry(chunk));
            map.setLastEntry(chunk, slot + 1);
            spill.filled(slot, count);
            piece += count;
        }
    }
}
