package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.ImageTree;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * How much of an image is anything but zeros.
 *
 * @param dataBytes in chunks that are not all zero
 * @param chunks how many those are
 */
public record ImageUse(long dataBytes, long chunks) {
    public static ImageUse of(ChunkReader reader, Point point) throws IOException {
        ImageTree tree = ImageTree.open(reader, point.root(), point.size());
        long bytes = 0;
        long chunks = 0;
        for (int table = 0; table < tree.tables(); table++) {
            if (tree.table(table).isZero()) {
                continue;
            }
            ByteBuffer ids = tree.ids(table);
            for (int i = 0; i < ids.limit() / ChunkId.BYTES; i++) {
                if (!ChunkId.at(ids, i * ChunkId.BYTES).isZero()) {
                    bytes += ImageLayout.length(point.size(), (long) table * ImageLayout.TABLE_ENTRIES + i);
                    chunks++;
                }
            }
        }
        return new ImageUse(bytes, chunks);
    }
}
