package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Uninterruptible;

/** The program of libfuse that mounts and unmounts for any user. */
public final class Fusermount {
    /** What it is called by libfuse 3 and by libfuse 2, to be tried in this order. */
    public static final List<String> NAMES = List.of("fusermount3", "fusermount");

    private Fusermount() {}

    /** Unmounts with {@code option}; EPERM if there is no such program, or it cannot. */
    static Errno unmount(Path mountPoint, String option) {
        for (String name : NAMES) {
            try {
                return run(name, option, "--", mountPoint.toString());
            } catch (IOException e) {
                // The next one, then.
                continue;
            }
        }
        return Errno.EPERM;
    }

    private static Errno run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // It has said all it will; what it has done is to be known.
        if (Uninterruptible.await(() -> process.waitFor() == 0)) {
            return Errno.OK;
        }
        // It exits with 1 whatever went wrong.
        return said.contains("busy") ? Errno.EBUSY : Errno.EPERM;
    }
}
