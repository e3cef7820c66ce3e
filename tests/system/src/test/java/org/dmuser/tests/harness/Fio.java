package org.dmuser.tests.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs fio on a device. */
public final class Fio {
    private static final Pattern ERROR = Pattern.compile("\"(error|total_err|verify_errors)\"\\s*:\\s*(\\d+)");
    private static final Pattern TOTAL_IOS = Pattern.compile("\"total_ios\"\\s*:\\s*(\\d+)");

    private final Running process;

    private Fio(Running process) {
        this.process = process;
    }

    /** Random writes of a size, all read back and compared. */
    public static Fio startVerify(Sandbox sandbox, Path device, String size, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--rw=randwrite", "--size=" + size, "--verify=crc32c"));
        options.addAll(List.of(more));
        return start(sandbox, device, options);
    }

    /** Any job. */
    public static Fio start(Sandbox sandbox, Path device, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "fio",
                "--name=job",
                "--thread",
                "--filename=" + device,
                "--allow_file_create=0",
                "--ioengine=libaio",
                "--iodepth=16",
                "--direct=1",
                "--bs=4k",
                "--randseed=" + sandbox.random().nextInt(Integer.MAX_VALUE),
                "--output-format=json"));
        command.addAll(more);
        return new Fio(sandbox.startProgram(command.toArray(String[]::new)));
    }

    public Running process() {
        return process;
    }

    /** Waits for the end. */
    public Outcome await(Duration limit) throws Exception {
        return process.await(limit);
    }

    /** Waits for the end, which must be without an error, and with at least as many requests as given. */
    public void requireNoError(Duration limit, long requestsMin) throws Exception {
        Outcome outcome = await(limit).requireSuccess();
        Matcher errors = ERROR.matcher(outcome.out());
        while (errors.find()) {
            if (!errors.group(2).equals("0")) {
                throw new AssertionError(errors.group() + ": " + outcome);
            }
        }
        long requests = 0;
        Matcher totals = TOTAL_IOS.matcher(outcome.out());
        while (totals.find()) {
            requests += Long.parseLong(totals.group(1));
        }
        if (requests < requestsMin) {
            throw new AssertionError("only " + requests + " requests instead of " + requestsMin + ": " + outcome);
        }
    }
}
