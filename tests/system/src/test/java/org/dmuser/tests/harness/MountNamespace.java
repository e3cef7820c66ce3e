package org.dmuser.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Mount name spaces of their own, made by {@code unshare}. */
public final class MountNamespace {
    /**
     * For a shell, first of all: takes away the copies of what other tests have mounted. What they unmount meanwhile
     * would not be unmounted as long as there is a copy.
     */
    public static final String ALONE = "while read -r _ _ _ _ at _; do case $at in \"" + temporary()
            + "\"/dmuser-*|\"" + temporary() + "\"/junit*)"
            + " umount -cil \"$at\" 2>/dev/null || :;; esac; done </proc/self/mountinfo; ";

    private MountNamespace() {}

    /** As the kernel has it, without links. Elsewhere there may be mounts that are not the tests', a checkout say. */
    private static Path temporary() {
        try {
            return Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
