package org.dmuser.cli.demo;

import java.io.IOException;
import org.dmuser.cli.base.DmuserCommand;

/** {@code dmuser demo backup}. */
final class BackupDemoCommand extends DmuserCommand {
    BackupDemoCommand() {
        super(
                "Shows on this machine what backups do, in less than two minutes, and leaves nothing behind.",
                "",
                "A disk is backed up, and backed up again, while programs write to it. Then it is destroyed; a restore"
                        + " point is served as a disk at once, and compared file by file with what there was at the"
                        + " moment of the backup; and a full restore is compared with that byte by byte. Everything is"
                        + " in a directory of its own in /tmp, and gone at the end. Needs root. The last line is"
                        + " 'demo: OK'.");
    }

    @Override
    public Integer call() throws IOException {
        return Demo.run("backups of a disk that is in use, and disks made of them", stage -> {
            BackupPart backup = new BackupPart(stage);
            backup.run();
            new RestorePart(stage, backup.moments()).run();
        });
    }
}
