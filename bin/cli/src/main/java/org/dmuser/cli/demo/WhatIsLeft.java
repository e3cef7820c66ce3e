package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.cli.system.LoopDevice;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;

/** Looks for what a demo may have left on the machine. */
final class WhatIsLeft {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_NS = 20_000_000;

    private final DemoPlace place;
    private Path channelDirectory;

    WhatIsLeft(DemoPlace place) {
        this.place = place;
    }

    /** Remembers where the service, which runs now, has its channels. */
    void noteChannelDirectory() throws IOException {
        channelDirectory = place.runDirectory().resolve("channel").toRealPath();
    }

    /** What there is, a line each. */
    List<String> find() throws IOException {
        List<String> found = new ArrayList<>();
        for (MountEntry entry : MountTable.read()) {
            if (Path.of(entry.mountPoint()).startsWith(place.path())) {
                found.add("mount " + entry.mountPoint());
            }
        }
        LoopDevice.below(place.path()).forEach(loop -> found.add("loop device " + loop));
        for (ProcessHandle process : ProcessHandle.allProcesses()
                .filter(process -> mentionsPlace(process.pid()))
                .toList()) {
            if (!endsSoon(process)) {
                found.add("process " + process.pid());
            }
        }
        if (channelDirectory != null && Files.exists(channelDirectory)) {
            found.add("shared memory " + channelDirectory);
        }
        if (Files.exists(place.path())) {
            found.add("directory " + place.path());
        }
        return found;
    }

    /** A daemon is told that its device is gone, and may be about to end. */
    private boolean endsSoon(ProcessHandle process) {
        long deadlineNs = System.nanoTime() + END_TIMEOUT.toNanos();
        while (mentionsPlace(process.pid())) {
            if (System.nanoTime() > deadlineNs) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    private boolean mentionsPlace(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .contains(place.path().toString());
        } catch (IOException e) {
            // It has ended, or is somebody else's.
            return false;
        }
    }
}
