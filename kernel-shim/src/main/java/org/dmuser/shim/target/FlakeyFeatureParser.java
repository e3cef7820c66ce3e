package org.dmuser.shim.target;

import java.util.Locale;
import org.dmuser.shim.dm.DmException;

/**
 * Reads the features of a {@code flakey} target, behind their count, in any order, and checks that they go together.
 * Newer than Linux 6.1 are {@code error_reads}, {@code random_read_corrupt} and {@code random_write_corrupt}.
 */
final class FlakeyFeatureParser {
    private static final int WORDS_MAX = 11;

    private boolean errorReads;
    private boolean dropWrites;
    private boolean errorWrites;
    private ByteCorruption corruption;
    private long randomRead;
    private long randomWrite;

    private FlakeyFeatureParser() {}

    static FlakeyFeatures parse(Arguments arguments) throws DmException {
        if (arguments.left() == 0) {
            return FlakeyFeatures.NONE;
        }
        FlakeyFeatureParser parser = new FlakeyFeatureParser();
        Arguments words = arguments.group(WORDS_MAX, "Invalid number of feature args");
        while (words.left() > 0) {
            parser.read(words.word("Insufficient feature arguments"), words);
        }
        return parser.checked();
    }

    private void read(String name, Arguments words) throws DmException {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "error_reads" -> {
                refuseSecond(errorReads, "error_reads");
                errorReads = true;
            }
            case "drop_writes" -> {
                refuseSecond(dropWrites, "drop_writes");
                refuseConflict(errorWrites, "drop_writes", "error_writes");
                dropWrites = true;
            }
            case "error_writes" -> {
                refuseSecond(errorWrites, "error_writes");
                refuseConflict(dropWrites, "error_writes", "drop_writes");
                errorWrites = true;
            }
            case "corrupt_bio_byte" -> {
                refuseSecond(corruption != null, "corrupt_bio_byte");
                corruption = ByteCorruption.parse(words);
            }
            case "random_read_corrupt" -> {
                refuseSecond(randomRead > 0, "random_read_corrupt");
                randomRead = probability(words, "random_read_corrupt");
            }
            case "random_write_corrupt" -> {
                refuseSecond(randomWrite > 0, "random_write_corrupt");
                randomWrite = probability(words, "random_write_corrupt");
            }
            default ->
                throw Arguments.invalid("Unrecognised flakey feature requested: \"" + name
                        + "\", possible are error_reads, drop_writes, error_writes, corrupt_bio_byte,"
                        + " random_read_corrupt, random_write_corrupt");
        }
    }

    private static void refuseSecond(boolean given, String name) throws DmException {
        if (given) {
            throw Arguments.invalid("Feature " + name + " duplicated");
        }
    }

    private static void refuseConflict(boolean given, String name, String other) throws DmException {
        if (given) {
            throw Arguments.invalid("Feature " + name + " conflicts with feature " + other);
        }
    }

    private static long probability(Arguments words, String name) throws DmException {
        if (words.left() == 0) {
            throw Arguments.invalid("Feature " + name + " requires a parameter: how many of "
                    + FlakeyFeatures.PROBABILITY_BASE + " bios it strikes");
        }
        return words.number(0, FlakeyFeatures.PROBABILITY_BASE, "Invalid random corrupt argument");
    }

    private FlakeyFeatures checked() throws DmException {
        FlakeyFeatures features =
                new FlakeyFeatures(errorReads, dropWrites, errorWrites, corruption, randomRead, randomWrite);
        refuseTogether(dropWrites && features.corruptsWrites(), "drop_writes", "write", "WRITE");
        refuseTogether(errorWrites && features.corruptsWrites(), "error_writes", "write", "WRITE");
        refuseTogether(errorReads && features.corruptsReads(), "error_reads", "read", "READ");
        return features;
    }

    private static void refuseTogether(boolean both, String name, String direction, String flag) throws DmException {
        if (both) {
            throw Arguments.invalid(name + " is incompatible with random_" + direction + "_corrupt or corrupt_bio_byte"
                    + " with the " + flag + " flag set");
        }
    }
}
