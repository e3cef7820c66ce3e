package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the start of a file says about it.
 *
 * @param isTracking whether it is a tracking file; perhaps a damaged one
 * @param header nothing if both of its slots are damaged
 */
record TrackingStart(boolean isTracking, Optional<TrackingHeader> header) {
    /**
     * Reads it.
     *
     * @throws IOException if it is one of another version
     */
    static TrackingStart read(Path path, FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(2 * SlotPair.SLOT_SIZE);
        while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
            // The rest of a file that is shorter is zeros.
        }
        Optional<ByteBuffer> good = new SlotPair(start, 0).read();
        if (good.isPresent() && TrackingHeader.isTracking(good.get()) && !TrackingHeader.isKnown(good.get())) {
            throw new IOException("tracking file " + path + " is of version " + TrackingHeader.version(good.get())
                    + ", which another dmuser knows; delete it to begin anew");
        }
        boolean isTracking = TrackingHeader.isTracking(record(start, 0)) || TrackingHeader.isTracking(record(start, 1));
        return new TrackingStart(
                isTracking, good.filter(TrackingHeader::isKnown).map(TrackingHeader::decode));
    }

    private static ByteBuffer record(ByteBuffer start, int slot) {
        return start.slice(slot * SlotPair.SLOT_SIZE + SlotPair.RECORD, SlotPair.RECORD_MAX)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
