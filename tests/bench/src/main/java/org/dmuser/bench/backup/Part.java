package org.dmuser.bench.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A part of the benchmark that can be asked for alone. */
enum Part {
    RESTIC("restic", "first backup, repository, next backup, restore: dmuser and restic on one image", ResticPart::run),
    MOUNT("mount", "instant restore: until the command is up, and from then to the first byte", MountPart::run),
    MEMORY("memory", "the most memory that daemon and commands take for a device of 1 TiB", MemoryPart::run),
    WRITERS("writers", "fio on a device, with and without a backup of it running", WritersPart::run),
    SNAPSHOT(
            "snapshot", "fio on a snapshot handler whose blocks are its own, and on a file handler", SnapshotPart::run);

    /** Measures all of a part. */
    @FunctionalInterface
    private interface Body {
        void run(Workplace workplace) throws IOException, InterruptedException;
    }

    private final String label;
    private final String what;
    private final Body body;

    Part(String label, String what, Body body) {
        this.label = label;
        this.what = what;
        this.body = body;
    }

    String label() {
        return label;
    }

    /** In words. */
    String what() {
        return what;
    }

    void run(Workplace workplace) throws IOException, InterruptedException {
        body.run(workplace);
    }

    static Optional<Part> find(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(Part::label).collect(Collectors.joining(", "));
    }
}
