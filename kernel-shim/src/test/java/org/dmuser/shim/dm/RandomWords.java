package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Tables and messages, some of them right, most of them with something wrong. */
final class RandomWords {
    private static final String[] TABLES = {
        "zero",
        "error",
        "error DEVICE SMALL",
        "linear DEVICE SMALL",
        "striped 2 8 DEVICE SMALL DEVICE SMALL",
        "striped 1 SMALL DEVICE SMALL",
        "delay DEVICE SMALL SMALL",
        "delay DEVICE SMALL SMALL DEVICE SMALL SMALL",
        "delay DEVICE 0 1 DEVICE 0 2 DEVICE 0 3",
        "dust DEVICE SMALL 512",
        "flakey DEVICE SMALL 1 SMALL",
        "flakey DEVICE SMALL 0 1 1 drop_writes",
        "flakey DEVICE SMALL 0 1 1 error_writes",
        "flakey DEVICE SMALL 0 1 5 corrupt_bio_byte 32 r 1 0",
        "log-writes DEVICE DEVICE",
        "user 0 8 ctl",
        "user 0 8 ctl 2 request_timeout_ms SMALL",
        "user 0 8 ctl 4 on_crash reissue no_daemon_timeout_ms SMALL",
        "nosuch DEVICE",
    };

    private static final String[] MESSAGES = {
        "mark SMALL",
        "addbadblock SMALL",
        "addbadblock SMALL SMALL",
        "removebadblock SMALL",
        "queryblock SMALL",
        "countbadblocks",
        "listbadblocks",
        "clearbadblocks",
        "enable",
        "disable",
        "quiet",
        "@cancel_deferred_remove",
        "@unknown",
    };

    private static final String[] JUNK = {
        "-1",
        "0",
        "1",
        "0x10",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999",
        "1k",
        "+1",
        "1.5",
        "",
        "x",
        "\\",
        "\\\\",
        "\u0000",
        "\u0661",
        "\u00e4\ud83d\ude00",
        "#",
        "feature",
        "drop_writes",
        "corrupt_bio_byte",
        "r",
        "w",
        "@",
        "a:b",
        ":",
        "252:",
        ":0",
        "999999999:999999999",
        "\t",
        "/",
    };

    private final SplittableRandom random;
    private final List<String> devices;
    private final List<String> oddDevices;

    /**
     * Words drawn by {@code random}.
     *
     * @param devices that can be opened
     * @param oddDevices that cannot
     */
    RandomWords(SplittableRandom random, List<String> devices, List<String> oddDevices) {
        this.random = random;
        this.devices = devices;
        this.oddDevices = oddDevices;
    }

    String table() {
        StringBuilder text = new StringBuilder();
        long start = 0;
        for (int lines = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3); lines > 0; lines--) {
            long length = 16L << random.nextInt(3);
            List<String> words = new ArrayList<>(List.of(Long.toString(start), Long.toString(length)));
            words.addAll(expanded(one(TABLES)));
            text.append(String.join(" ", spoilt(words))).append(random.nextInt(20) == 0 ? " # why\n" : "\n");
            start += length;
        }
        return text.toString();
    }

    /** At least one word. */
    List<String> message() {
        List<String> words = spoilt(expanded(one(MESSAGES)));
        return words.isEmpty() ? List.of("") : words;
    }

    private List<String> expanded(String pattern) {
        List<String> words = new ArrayList<>();
        for (String word : pattern.split(" ")) {
            words.add(
                    switch (word) {
                        case "DEVICE" -> random.nextInt(8) == 0 ? one(oddDevices) : one(devices);
                        case "SMALL" -> Integer.toString(random.nextInt(20));
                        default -> word;
                    });
        }
        return words;
    }

    /** The words, as they are in half of the cases. */
    private List<String> spoilt(List<String> words) {
        List<String> spoilt = new ArrayList<>(words);
        for (int times = Math.max(0, random.nextInt(6) - 3); times > 0 && !spoilt.isEmpty(); times--) {
            int at = random.nextInt(spoilt.size());
            switch (random.nextInt(6)) {
                case 0 -> spoilt.remove(at);
                case 1 -> spoilt.add(at, spoilt.get(at));
                case 2 -> spoilt.add(at, one(JUNK));
                case 3 -> spoilt.set(at, spoilt.get(at) + one(JUNK));
                case 4 -> spoilt.add(spoilt.remove(at));
                default -> spoilt.set(at, one(JUNK));
            }
        }
        return spoilt;
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
