package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.system.ExternalCommand;

/** Restore points become disks: at once, as they are read; and in whole, as a file. */
final class RestorePart {
    private static final String DIRECTORY = "restored";

    private final Stage stage;
    private final DemoPlace place;
    private final DemoProcesses dmuser;
    private final List<BackupMoment> moments;

    private ServingProcess served;
    private MountedDisk disk;

    RestorePart(Stage stage, List<BackupMoment> moments) {
        this.stage = stage;
        this.place = stage.place();
        this.dmuser = stage.dmuser();
        this.moments = moments;
    }

    void run() throws Steps.FailedException {
        Steps steps = stage.steps();
        for (int i = moments.size() - 1; i >= 0; i--) {
            BackupMoment moment = moments.get(i);
            steps.run("make the " + moment.name() + " restore point a disk, at once", () -> serve(moment, "instant"));
            steps.run("mount it", () -> mount("instant"));
            steps.run("compare it with what there was, file by file", () -> compare(moment));
            steps.run("unmount it; what was written to it goes away", this::end);
        }
        BackupMoment last = moments.get(moments.size() - 1);
        steps.run("restore all of the second one to a file", () -> restore(last));
        steps.run("compare that with a disk of the same point, byte by byte", () -> compareBytes(last));
    }

    private String repository() {
        return place.file(BackupPart.REPOSITORY).toString();
    }

    private String serve(BackupMoment moment, String name, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "backup",
                "mount",
                repository(),
                moment.point(),
                place.file(name).toString()));
        words.addAll(List.of(more));
        served = dmuser.start(place.file(name + ".log"), words.toArray(String[]::new));
        stage.undo().push("ending the disk of a restore point", served::end);
        return served.awaitReady(stage.stop());
    }

    private String mount(String name) throws IOException, InterruptedException {
        disk = new MountedDisk(stage, place.file(name), place.file(DIRECTORY));
        disk.makeLoop();
        disk.mount();
        return "";
    }

    private String compare(BackupMoment moment) throws IOException {
        Path tree = disk.directory().resolve(BackupPart.TREE);
        Checksums.of(tree, stage.stop()).requireSame(moment.tree());
        int replaced = FileLoad.verify(disk.directory().resolve(BackupPart.LOAD), moment.load());
        return moment.tree().files().size() + " files are there and no other, each as it was;\n" + replaced
                + " that were being replaced are whole, and none is older than what was durable before the backup";
    }

    private String end() throws IOException, InterruptedException {
        Files.writeString(disk.directory().resolve("note"), "this disk can be written to\n");
        disk.unmount();
        disk.detachLoops();
        served.end();
        return "";
    }

    private String restore(BackupMoment moment) throws IOException, InterruptedException {
        return dmuser.run(
                "backup", "restore", repository(), moment.point(), restored().toString());
    }

    private Path restored() {
        return place.file("restored.img");
    }

    private String compareBytes(BackupMoment moment) throws IOException, InterruptedException {
        String said = serve(moment, "again", "--read-only");
        ExternalCommand.of("cmp", place.file("again").toString(), restored().toString())
                .run(stage.stop());
        served.end();
        return said + "not one byte differs";
    }
}
