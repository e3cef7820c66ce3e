package org.dmuser.shim.target;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;

/**
 * What a {@code flakey} target does to bios while it is down. Made by {@link FlakeyFeatureParser}.
 *
 * @param errorReads reads fail
 * @param dropWrites writes seem to succeed
 * @param errorWrites writes fail
 * @param corruption of one byte; null for none
 * @param randomRead how many reads, in a {@value #PROBABILITY_BASE}th, have a byte of theirs replaced
 * @param randomWrite how many writes
 */
record FlakeyFeatures(
        boolean errorReads,
        boolean dropWrites,
        boolean errorWrites,
        ByteCorruption corruption,
        long randomRead,
        long randomWrite) {

    static final long PROBABILITY_BASE = 1_000_000_000;

    static final FlakeyFeatures NONE = new FlakeyFeatures(false, false, false, null, 0, 0);

    /** Without any feature, everything fails. */
    boolean failsReads() {
        return errorReads || equals(NONE);
    }

    boolean failsWrites() {
        return errorWrites || equals(NONE);
    }

    boolean corruptsWrites() {
        return randomWrite > 0 || corruption != null && corruption.write();
    }

    boolean corruptsReads() {
        return randomRead > 0 || corruption != null && !corruption.write();
    }

    /** Does to {@code data}, which is the bio's or a copy of it, what there is to be done to it. */
    void corrupt(Bio bio, ByteBuffer data) {
        if (corruption != null && corruption.concerns(bio)) {
            data.put((int) corruption.nth() - 1, (byte) corruption.value());
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextLong(PROBABILITY_BASE) < (bio.op() == BioOp.WRITE ? randomWrite : randomRead)) {
            data.put(random.nextInt((int) bio.length()), (byte) random.nextInt());
        }
    }

    /** As in a table line, their count in front; with a blank behind each, as the kernel (6.1) prints them. */
    @Override
    public String toString() {
        List<String> words = Stream.of(
                        errorReads ? "error_reads" : "",
                        dropWrites ? "drop_writes" : "",
                        errorWrites ? "error_writes" : "",
                        Optional.ofNullable(corruption)
                                .map(ByteCorruption::toString)
                                .orElse(""),
                        randomRead > 0 ? "random_read_corrupt " + randomRead : "",
                        randomWrite > 0 ? "random_write_corrupt " + randomWrite : "")
                .filter(text -> !text.isEmpty())
                .flatMap(text -> Stream.of(text.split(" ")))
                .toList();
        StringBuilder text = new StringBuilder(words.size() + " ");
        words.forEach(word -> text.append(word).append(' '));
        return text.toString();
    }
}
