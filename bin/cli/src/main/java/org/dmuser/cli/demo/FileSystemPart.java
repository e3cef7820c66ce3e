package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.cli.system.FileSystem;
import org.dmuser.cli.system.LoopDevice;
import org.dmuser.cli.system.MountPoint;
import org.dmuser.sdk.config.ByteSize;

/** A file system with thousands of files on a disk that is a Java object in another process. */
final class FileSystemPart {
    private static final String DEVICE = "disk";
    private static final long SIZE = 1L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final DemoPlace place;
    private final DemoProcesses dmuser;
    private final Steps steps;
    private final UndoStack undo;
    private final StopSignal stop;
    private final SourceTree tree;

    private LoopDevice loop;
    private MountPoint mountPoint;

    FileSystemPart(DemoPlace place, DemoProcesses dmuser, Steps steps, UndoStack undo, StopSignal stop) {
        this.place = place;
        this.dmuser = dmuser;
        this.steps = steps;
        this.undo = undo;
        this.stop = stop;
        this.tree = new SourceTree(stop);
    }

    void run() throws Steps.FailedException {
        steps.run("make a device of 1 GiB", this::create);
        steps.run("serve it with the memory handler, in a process of its own", this::attach);
        steps.run("make a loop device on its file", this::makeLoop);
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

    private String makeLoop() throws IOException, InterruptedException {
        undo.pushAgain("detaching the loop device", this::detachLoops);
        loop = LoopDevice.attach(place.device(DEVICE), false, stop);
        return loop + (loop.isDirect() ? ", with direct I/O" : ", without direct I/O");
    }

    private String makeFileSystem() throws InterruptedException {
        new FileSystem("ext4").make(loop.toString(), false, stop);
        return "";
    }

    private String mount() throws IOException, InterruptedException {
        if (mountPoint == null) {
            Files.createDirectory(place.mountPoint());
            mountPoint = MountPoint.of(place.mountPoint());
            undo.pushAgain("unmounting " + mountPoint.path(), this::unmountIfMounted);
        }
        mountPoint.mount(loop, false, stop);
        return "";
    }

    private String findFiles() throws IOException {
        tree.find();
        return tree.count() + " files, " + (tree.bytes() >> 20) + " MiB";
    }

    private String copy() throws IOException, InterruptedException {
        tree.copyTo(mountPoint.path());
        ExternalCommand.of("sync", "-f", mountPoint.path().toString()).run(stop);
        return "";
    }

    private String unmount() throws InterruptedException {
        ExternalCommand.of("umount", mountPoint.path().toString()).run(stop);
        return "";
    }

    private String check() throws InterruptedException {
        String said = ExternalCommand.of("e2fsck", "-fn", loop.toString()).run(stop);
        return said.lines().reduce("", (before, line) -> line);
    }

    private String compare() throws IOException {
        tree.compareWith(mountPoint.path());
        return "all " + tree.count() + " are what they were";
    }

    private String trim() throws IOException, InterruptedException {
        DiscardLog before = DiscardLog.read(place.requestLog());
        ExternalCommand.of("find", mountPoint.path().toString(), "-mindepth", "1", "-delete")
                .run(stop);
        ExternalCommand.of("sync", "-f", mountPoint.path().toString()).run(stop);
        String said =
                ExternalCommand.of("fstrim", "-v", mountPoint.path().toString()).run(stop);
        DiscardLog reached = DiscardLog.read(place.requestLog()).since(before);
        if (reached.count() == 0) {
            throw new CliException("no discard has reached the handler: " + said.strip());
        }
        return said.strip() + "\n" + reached.count() + " discards of " + (reached.bytes() >> 20)
                + " MiB have reached the handler, which gave back their memory";
    }

    private String takeDown() throws IOException, InterruptedException {
        unmount();
        detachLoops();
        return dmuser.run("remove", DEVICE);
    }

    private void unmountIfMounted() throws IOException, InterruptedException {
        if (loop != null && mountPoint.holds(List.of(loop))) {
            mountPoint.unmount(() -> 0, PATIENCE, stop);
        }
    }

    private void detachLoops() throws IOException, InterruptedException {
        for (LoopDevice attached : LoopDevice.on(place.device(DEVICE))) {
            attached.detach(place.device(DEVICE), () -> 0, PATIENCE, stop);
        }
    }
}
