package org.dmuser.tests.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** What a test needs of the machine. */
public enum Requirement {
    /** To mount. {@code bin/check} looks for the phrase "needs FUSE" where tests were skipped. */
    FUSE {
        @Override
        Optional<String> problem() {
            return cannotOpen(Path.of("/dev/fuse"))
                    .or(() -> missing("fusermount"))
                    .or(Requirement::missingLibFuse)
                    .map(problem -> "needs FUSE: " + problem);
        }
    },

    /** Loop devices, and mounts on them. */
    LOOP {
        @Override
        Optional<String> problem() {
            Optional<String> problem = isRoot() ? Optional.empty() : Optional.of("this is not root");
            return problem.or(() -> cannotOpen(Path.of("/dev/loop-control")))
                    .or(() -> missing("losetup"))
                    .or(() -> missing("mkfs.ext4"))
                    .map(text -> "needs loop devices: " + text);
        }
    },

    /** To be allowed to do everything. */
    ROOT {
        @Override
        Optional<String> problem() {
            return isRoot() ? Optional.empty() : Optional.of("needs root: this is not root");
        }
    },

    /** A kernel that runs as a process, and the device mapper's commands for it. */
    USER_MODE_LINUX {
        @Override
        Optional<String> problem() {
            return missing("linux.uml")
                    .or(() -> missing("dmsetup"))
                    .or(() -> missing("insmod"))
                    .map(problem -> "needs User-Mode Linux: " + problem);
        }
    },

    /** A C compiler. */
    GCC {
        @Override
        Optional<String> problem() {
            return missing("gcc").map(problem -> "needs gcc: " + problem);
        }
    },

    /** fio. */
    FIO {
        @Override
        Optional<String> problem() {
            return missing("fio").map(problem -> "needs fio: " + problem);
        }
    },

    /** mandoc, which looks for faults in manual pages, and shows them. */
    MANDOC {
        @Override
        Optional<String> problem() {
            return missing("mandoc").map(problem -> "needs mandoc: " + problem);
        }
    },

    /** qemu-img. */
    QEMU_IMG {
        @Override
        Optional<String> problem() {
            return missing("qemu-img").map(problem -> "needs qemu-img: " + problem);
        }
    };

    /** Why it is not met, if so. */
    abstract Optional<String> problem();

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> cannotOpen(Path device) {
        try {
            FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(device + " cannot be opened: " + e);
        }
    }

    private static Optional<String> missing(String command) {
        // Administrators' commands are not on everybody's PATH.
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin";
        boolean found =
                Stream.of(path.split(":")).anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
        return found ? Optional.empty() : Optional.of("there is no " + command);
    }

    private static Optional<String> missingLibFuse() {
        Stream<String> directories = Stream.of(
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib64",
                "/usr/lib",
                "/lib/x86_64-linux-gnu",
                "/lib/aarch64-linux-gnu",
                "/lib64",
                "/lib",
                "/usr/local/lib");
        boolean found = directories.anyMatch(directory -> Files.exists(Path.of(directory, "libfuse.so.2")));
        return found ? Optional.empty() : Optional.of("there is no libfuse.so.2");
    }
}
