package org.dmuser.bench.fio;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One kind of load. The first eight are for files, the others for loop devices. */
public enum Row {
    R4K("r4k", "4k read", "randread", 4 << 10, 1, 1),
    W4K("w4k", "4k write", "randwrite", 4 << 10, 1, 1),
    R4K_J4("r4k-j4", "4k read, 4 jobs", "randread", 4 << 10, 1, 4),
    W4K_J4("w4k-j4", "4k write, 4 jobs", "randwrite", 4 << 10, 1, 4),
    R128K("r128k", "128k read", "read", 128 << 10, 1, 1),
    W128K("w128k", "128k write", "write", 128 << 10, 1, 1),
    R1M("r1m", "1m read", "read", 1 << 20, 1, 1),
    W1M("w1m", "1m write", "write", 1 << 20, 1, 1),
    R4K_D1("r4k-d1", "loop: 4k read, depth 1", "randread", 4 << 10, 1, 1),
    W4K_D1("w4k-d1", "loop: 4k write, depth 1", "randwrite", 4 << 10, 1, 1),
    R4K_D32("r4k-d32", "loop: 4k read, depth 32", "randread", 4 << 10, 32, 1),
    W4K_D32("w4k-d32", "loop: 4k write, depth 32", "randwrite", 4 << 10, 32, 1);

    /** For files: synchronous, random 4k and sequential larger ones. */
    public static final List<Row> FILE = List.of(R4K, W4K, R4K_J4, W4K_J4, R128K, W128K, R1M, W1M);

    /** For loop devices: asynchronous, because only a queue shows what the loop device makes of one. */
    public static final List<Row> LOOP = List.of(R4K_D1, W4K_D1, R4K_D32, W4K_D32);

    private final String label;
    private final String title;
    private final String pattern;
    private final int blockSize;
    private final int depth;
    private final int jobs;

    Row(String label, String title, String pattern, int blockSize, int depth, int jobs) {
        this.label = label;
        this.title = title;
        this.pattern = pattern;
        this.blockSize = blockSize;
        this.depth = depth;
        this.jobs = jobs;
    }

    /** The row of that label. */
    public static Optional<Row> find(String label) {
        return Arrays.stream(values()).filter(row -> row.label.equals(label)).findFirst();
    }

    /** The labels of all rows, for people who have named another one. */
    public static String labels() {
        return Arrays.stream(values()).map(Row::label).collect(Collectors.joining(", "));
    }

    /** What the user calls it. */
    public String label() {
        return label;
    }

    /** The same in words. */
    public String title() {
        return title;
    }

    /** fio's {@code rw}. */
    public String pattern() {
        return pattern;
    }

    /** Bytes of a request. */
    public int blockSize() {
        return blockSize;
    }

    /** Requests under way at a time, of each job. */
    public int depth() {
        return depth;
    }

    /** Processes that submit. */
    public int jobs() {
        return jobs;
    }

    /** fio's {@code ioengine}. */
    public String engine() {
        return LOOP.contains(this) ? "libaio" : "psync";
    }

    /** Whether its figure is requests per second; otherwise it is megabytes (10^6) per second. */
    public boolean countsRequests() {
        return pattern.startsWith("rand");
    }
}
