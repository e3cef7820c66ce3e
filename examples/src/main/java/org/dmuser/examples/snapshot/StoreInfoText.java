package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.examples.snapshot.store.SnapshotInfo;
import org.dmuser.examples.snapshot.store.StoreInfo;

/**
 * What there is to say about a store, as it travels over a control socket: words with a tab between them.
 *
 * <pre>
 *   size  block size  data bytes  live bytes  base path      the first line
 *   name  created ms  own bytes                              a line for each snapshot
 * </pre>
 */
public final class StoreInfoText {
    private StoreInfoText() {}

    static String write(StoreInfo info) {
        StringBuilder text = new StringBuilder();
        text.append(info.size()).append('\t').append(info.blockSize()).append('\t');
        text.append(info.dataBytes()).append('\t').append(info.liveBytes()).append('\t');
        text.append(info.basePath());
        for (SnapshotInfo snapshot : info.snapshots()) {
            text.append('\n').append(snapshot.name()).append('\t').append(snapshot.createdMs());
            text.append('\t').append(snapshot.ownBytes());
        }
        return text.toString();
    }

    /** Reads what a daemon has written. */
    public static StoreInfo read(String text) throws IOException {
        try {
            String[] lines = text.split("\n");
            String[] words = lines[0].split("\t", 5);
            List<SnapshotInfo> snapshots = new ArrayList<>();
            for (String line : List.of(lines).subList(1, lines.length)) {
                String[] of = line.split("\t");
                snapshots.add(new SnapshotInfo(of[0], Long.parseLong(of[1]), Long.parseLong(of[2])));
            }
            return new StoreInfo(
                    Long.parseLong(words[0]),
                    Integer.parseInt(words[1]),
                    words[4],
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    snapshots);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("the daemon speaks of its store in a way this program does not know: " + text, e);
        }
    }
}
