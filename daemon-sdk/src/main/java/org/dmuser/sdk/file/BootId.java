package org.dmuser.sdk.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Which start of the machine this is: as long as it is the same, a file has all that was written to it, synced or not,
 * whatever became of the process that wrote.
 */
public final class BootId {
    private static final Path PATH = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** Asks the kernel. */
    public static UUID read() throws IOException {
        return UUID.fromString(Files.readString(PATH).strip());
    }
}
