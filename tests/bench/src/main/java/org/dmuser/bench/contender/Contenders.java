package org.dmuser.bench.contender;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.bench.fio.Row;

/** The table of all contenders, in the order of the report. */
public final class Contenders {
    /** nbdkit memory, with nbdfuse. */
    public static final String NBDKIT = "nbdkit";

    /** qemu-storage-daemon. */
    public static final String QEMU = "qemu";

    /** The C server. */
    public static final String CEILING = "ceiling";

    /** jnr-fuse as shipped. */
    public static final String STOCK_JNR = "stock-jnr";

    /** One process, native transport. */
    public static final String EMBEDDED = "embedded";

    /** The same without spinning. */
    public static final String EMBEDDED_POLL_OFF = "embedded-poll-off";

    /** One process, over io_uring. */
    public static final String EMBEDDED_URING = "embedded-uring";

    /** One process, jnr-fuse transport. */
    public static final String EMBEDDED_JNR = "embedded-jnr";

    /** Two processes, native transport. */
    public static final String DAEMON_1 = "daemon-1";

    /** The same with four channels. */
    public static final String DAEMON_4 = "daemon-4";

    /** Two processes, over io_uring. */
    public static final String DAEMON_1_URING = "daemon-1-uring";

    /** Two processes, jnr-fuse transport. */
    public static final String DAEMON_1_JNR = "daemon-1-jnr";

    /** The same with four channels. */
    public static final String DAEMON_4_JNR = "daemon-4-jnr";

    /** The loop device over the C server. */
    public static final String LOOP_CEILING = "loop-ceiling";

    /** The loop device over ours in one process. */
    public static final String LOOP_EMBEDDED = "loop-embedded";

    private static final List<String> NATIVE = List.of("--fuse", "native");
    private static final List<String> POLL_OFF = List.of("--fuse", "native", "--poll", "off");
    private static final List<String> URING = List.of("--fuse", "uring");
    private static final List<String> JNR = List.of("--fuse", "jnr");

    private Contenders() {}

    /** The C server in whose terms the figures of a row are expressed. */
    public static String reference(Row row) {
        return Row.LOOP.contains(row) ? LOOP_CEILING : CEILING;
    }

    /** All of them, by name. */
    public static Map<String, Contender> all() {
        Contender ceiling = new Peer(CEILING, "a C server of ours, libfuse 3 low level, 4 threads", Peers::ceiling);
        Contender embedded = new Embedded(EMBEDDED, "`dmuser run`: one process, native transport", NATIVE);
        Map<String, Contender> all = new LinkedHashMap<>();
        for (Contender contender : List.of(
                new Peer(NBDKIT, "nbdkit memory + nbdfuse: two processes", Peers::nbdkit),
                new Peer(QEMU, "qemu-storage-daemon: FUSE export of a raw file in a tmpfs", Peers::qemu),
                ceiling,
                new Peer(STOCK_JNR, "jnr-fuse as shipped, libfuse 2, 128 KiB requests", Peers::stockJnr),
                embedded,
                new Embedded(EMBEDDED_POLL_OFF, "the same with `--poll off`", POLL_OFF),
                new OverUring(new Embedded(
                        EMBEDDED_URING,
                        "`dmuser run`: one process, over io_uring (`enable_uring`: on for the run)",
                        URING)),
                new Embedded(EMBEDDED_JNR, "`dmuser run`: one process, jnr-fuse transport", JNR),
                new Daemon(DAEMON_1, "`dmuser serve` and `attach`: two processes, native, 1 channel", 1, NATIVE),
                new Daemon(DAEMON_4, "the same with 4 channels", 4, NATIVE),
                new OverUring(new Daemon(
                        DAEMON_1_URING,
                        "`dmuser serve` and `attach`: two processes, over io_uring, 1 channel",
                        1,
                        URING)),
                new Daemon(DAEMON_1_JNR, "`dmuser serve` and `attach`: two processes, jnr-fuse, 1 channel", 1, JNR),
                new Daemon(DAEMON_4_JNR, "the same with 4 channels", 4, JNR),
                new Loop(LOOP_CEILING, "/dev/loop with direct I/O over `ceiling`", ceiling),
                new Loop(LOOP_EMBEDDED, "/dev/loop with direct I/O over `embedded`", embedded))) {
            all.put(contender.name(), contender);
        }
        return all;
    }
}
