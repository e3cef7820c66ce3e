package org.dmuser.cli.system;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** Making file systems, by the mkfs programs of the system. */
public record FileSystem(String type) {
    /** blkid found nothing it knows. */
    private static final int BLKID_NOTHING = 2;

    public FileSystem {
        if (!type.matches("[A-Za-z0-9._-]+")) {
            throw CliException.usage(
                    "--mkfs '" + type + "' is not the type of a file system: ext4, xfs and the like are");
        }
    }

    /** Checks that this machine can make it. */
    public void requireProgram() {
        if (!ExternalCommand.exists(program())) {
            throw new CliException("--mkfs " + type + ": there is no " + program() + " on this machine; install it");
        }
    }

    private String program() {
        return "mkfs." + type;
    }

    /**
     * Makes one on a device or a file.
     *
     * @param force whether to make it even where there is one
     */
    public void make(String target, boolean force, StopSignal stop) throws InterruptedException {
        if (!force) {
            refuseExisting(target, stop);
        }
        List<String> words = new ArrayList<>(List.of(program()));
        if (type.startsWith("ext")) {
            words.add("-q");
        } else if (force && (type.equals("xfs") || type.equals("btrfs"))) {
            words.add("-f");
        }
        words.add(target);
        ExternalCommand.of(words).run(stop);
    }

    /** A handler may have kept what was on the disk yesterday, and the command line is that of yesterday. */
    private void refuseExisting(String target, StopSignal stop) throws InterruptedException {
        ExternalCommand.Result found = ExternalCommand.of("blkid", "-p", "-o", "value", "-s", "TYPE", target)
                .tryRun(stop);
        if (!found.isSuccess() && found.status() != BLKID_NOTHING) {
            throw new CliException("cannot tell whether there is a file system on the device: " + found.summary());
        }
        if (!found.output().isBlank()) {
            throw new CliException(
                    "--mkfs " + type + ": the device holds " + found.output().strip()
                            + " already; leave --mkfs out to use that, or add --force to overwrite it");
        }
    }
}
