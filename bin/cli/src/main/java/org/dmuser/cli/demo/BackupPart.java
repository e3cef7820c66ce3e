package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.sdk.config.ByteSize;

/** A disk that is backed up twice while programs write to it, and then destroyed. */
final class BackupPart {
    static final String REPOSITORY = "repository";

    /** Where files are that stand still during backups, and those that do not, on the disk. */
    static final String TREE = "tree";

    static final String LOAD = "load";

    private static final String DEVICE = "disk";
    private static final long SIZE = 1L << 30;
    private static final String TRACKING = "disk.tracking";

    /** Of so many files one is changed, and one deleted. */
    private static final int CHANGED_ONE_IN = 40;

    /** The second backup must not read more than that part of what the first one read. */
    private static final String FULL_COMPARISON = "full comparison";

    private static final Pattern POINT = Pattern.compile("restore point ([0-9a-f]+) ");

    private final Stage stage;
    private final DemoPlace place;
    private final DemoProcesses dmuser;
    private final MountedDisk disk;
    private final FileLoad load;
    private final List<BackupMoment> moments = new ArrayList<>();

    BackupPart(Stage stage) {
        this.stage = stage;
        this.place = stage.place();
        this.dmuser = stage.dmuser();
        this.disk = new MountedDisk(stage, place.device(DEVICE), place.mountPoint());
        this.load = new FileLoad(place.mountPoint().resolve(LOAD));
    }

    /** What was backed up, the first one first. */
    List<BackupMoment> moments() {
        return moments;
    }

    void run() throws Steps.FailedException {
        Steps steps = stage.steps();
        steps.run("make a disk of 1 GiB that takes note of what changes", this::makeDisk);
        steps.run("make ext4 on it, and mount it", this::makeFileSystem);
        steps.run("copy some thousand files to it", this::copy);
        steps.run("let programs write to it from now on", this::startLoad);
        steps.run("make a repository", () -> dmuser.run("backup", "init", repository()));
        steps.run("back up all of the disk, while they write", () -> backUp("first"));
        steps.run("change some of the files", this::change);
        steps.run("back up again: only what has changed is read", () -> backUp("second"));
        steps.run("verify the repository", () -> dmuser.run("backup", "verify", repository(), "--read-all"));
        steps.run("destroy the disk: device, data, and what was noted of it", this::destroy);
    }

    private String repository() {
        return place.file(REPOSITORY).toString();
    }

    private String makeDisk() throws IOException, InterruptedException {
        long sectors = SIZE / ByteSize.SECTOR;
        String created = dmuser.run("create", DEVICE, "--table", "0 %1$d user 0 %1$d %2$s".formatted(sectors, DEVICE));
        return created
                + dmuser.run(
                        "attach",
                        DEVICE,
                        "backup",
                        "origin=" + place.image(),
                        "tracking=" + place.file(TRACKING),
                        "create=1G",
                        "--channels",
                        "2",
                        "--detach");
    }

    private String makeFileSystem() throws IOException, InterruptedException {
        String made = disk.makeLoop();
        disk.makeFileSystem();
        disk.mount();
        return made;
    }

    private String copy() throws IOException, InterruptedException {
        SourceTree tree = new SourceTree(stage.stop());
        tree.find();
        tree.copyTo(tree());
        disk.sync();
        return tree.count() + " files, " + (tree.bytes() >> 20) + " MiB";
    }

    private Path tree() {
        return disk.directory().resolve(TREE);
    }

    private String startLoad() throws IOException {
        stage.undo().push("stopping the writers", load::stop);
        load.start();
        return load.writerCount() + " threads replace files over and over, and make each one durable with fsync";
    }

    private String backUp(String name) throws IOException, InterruptedException {
        Checksums tree = Checksums.of(tree(), stage.stop());
        long replacedBefore = load.replaced();
        int[] oldest = load.durable();
        String said = dmuser.run("backup", "create", repository(), DEVICE);
        int[] newest = load.begun();
        load.requireNoFailure();
        moments.add(new BackupMoment(point(said), name, tree, new FileLoad.Window(oldest, newest)));
        requireCompared(said);
        return said + (load.replaced() - replacedBefore) + " files were replaced meanwhile, and none failed";
    }

    private static String point(String said) {
        Matcher matcher = POINT.matcher(said);
        if (!matcher.find()) {
            throw new CliException("no restore point is named in: " + said);
        }
        return matcher.group(1);
    }

    /** Writers change as much as they can meanwhile, so how much is read says nothing; that it was compared does. */
    private void requireCompared(String said) {
        if (moments.size() > 1 && said.contains(FULL_COMPARISON)) {
            throw new CliException("it should have been compared with the backup before: " + said);
        }
    }

    private String change() throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(tree())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (int i = 0; i + 1 < files.size(); i += CHANGED_ONE_IN) {
            Files.writeString(files.get(i), "changed\n", StandardOpenOption.APPEND);
            Files.delete(files.get(i + 1));
        }
        disk.sync();
        int each = files.size() / CHANGED_ONE_IN;
        return each + " have one more line, and " + each + " are deleted";
    }

    private String destroy() throws IOException, InterruptedException {
        load.stop();
        disk.unmount();
        disk.detachLoops();
        String said = dmuser.run("remove", DEVICE);
        Files.delete(place.image());
        Files.delete(place.file(TRACKING));
        return said + "$ rm " + place.image() + " " + place.file(TRACKING);
    }
}
