package org.dmuser.cli.demo;

import java.io.IOException;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.sdk.config.ByteSize;

/** A file system with thousands of files on a disk that is a Java object in another process. */
final class FileSystemPart {
    private static final String DEVICE = "disk";
    private static final long SIZE = 1L << 30;

    private final DemoPlace place;
    private final DemoProcesses dmuser;
    private final Steps steps;
    private final StopSignal stop;
    private final SourceTree tree;
    private final MountedDisk disk;

    FileSystemPart(Stage stage) {
        this.place = stage.place();
        this.dmuser = stage.dmuser();
        this.steps = stage.steps();
        this.stop = stage.stop();
        this.tree = new SourceTree(stop);
        this.disk = new MountedDisk(stage, place.device(DEVICE), place.mountPoint());
    }

    void run() throws Steps.FailedException {
        steps.run("make a device of 1 GiB", this::create);
        steps.run("serve it with the memory handler, in a process of its own", this::attach);
        steps.run("make a loop device on its file", disk::makeLoop);
        steps.run("mkfs.ext4", this::makeFileSystem);
        steps.run("mount it", this::mount);
        steps.run("look for files to copy, with their checksums", this::findFiles);
        steps.run("copy them", this::copy);
        steps.run("unmount", this::unmount);
        steps.run("e2fsck -fn", this::check);
        steps.run("mount it again", this::mount);
        steps.run("compare every checksum", this::compare);
        steps.run("delete the files and trim", this::trim);
        steps.run("unmount, and take the device down: its daemon ends", this::takeDown);
    }

    private String create() throws IOException, InterruptedException {
        long sectors = SIZE / ByteSize.SECTOR;
        return dmuser.run("create", DEVICE, "--table", "0 %1$d user 0 %1$d %2$s".formatted(sectors, DEVICE));
    }

    private String attach() throws IOException, InterruptedException {
        return dmuser.run("attach", DEVICE, "memory", "--filter", "log:file=" + place.requestLog(), "--detach");
    }

    private String makeFileSystem() throws InterruptedException {
        disk.makeFileSystem();
        return "";
    }

    private String mount() throws IOException, InterruptedException {
        disk.mount();
        return "";
    }

    private String findFiles() throws IOException {
        tree.find();
        return tree.count() + " files, " + (tree.bytes() >> 20) + " MiB";
    }

    private String copy() throws IOException, InterruptedException {
        tree.copyTo(disk.directory());
        disk.sync();
        return "";
    }

    private String unmount() throws InterruptedException {
        disk.unmount();
        return "";
    }

    private String check() throws InterruptedException {
        String said =
                ExternalCommand.of("e2fsck", "-fn", disk.loop().toString()).run(stop);
        return said.lines().reduce("", (before, line) -> line);
    }

    private String compare() throws IOException {
        tree.compareWith(disk.directory());
        return "all " + tree.count() + " are what they were";
    }

    private String trim() throws IOException, InterruptedException {
        DiscardLog before = DiscardLog.read(place.requestLog());
        ExternalCommand.of("find", disk.directory().toString(), "-mindepth", "1", "-delete")
                .run(stop);
        disk.sync();
        String said =
                ExternalCommand.of("fstrim", "-v", disk.directory().toString()).run(stop);
        DiscardLog reached = DiscardLog.read(place.requestLog()).since(before);
        if (reached.count() == 0) {
            throw new CliException("no discard has reached the handler: " + said.strip());
        }
        return said.strip() + "\n" + reached.count() + " discards of " + (reached.bytes() >> 20)
                + " MiB have reached the handler, which gave back their memory";
    }

    private String takeDown() throws IOException, InterruptedException {
        unmount();
        disk.detachLoops();
        return dmuser.run("remove", DEVICE);
    }
}
