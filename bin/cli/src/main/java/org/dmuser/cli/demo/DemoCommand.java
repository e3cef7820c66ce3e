package org.dmuser.cli.demo;

import java.io.IOException;
import java.util.List;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Subcommand;

/** {@code dmuser demo}. */
public final class DemoCommand extends DmuserCommand implements Subcommand.Group {
    public DemoCommand() {
        super(
                "Shows on this machine what dmuser does, in about a minute, and leaves nothing behind.",
                "",
                "A service and daemons in processes of their own; a file system with thousands of files on a disk in"
                        + " memory, checked, compared and trimmed; a daemon killed under load, and another that takes"
                        + " over. 'demo backup' shows backups of a disk that is written to, and disks made of them."
                        + " Everything is in a directory of its own in /tmp, and gone at the end. Needs root. The last"
                        + " line is 'demo: OK'.");
        grammar.spec().usageMessage().synopsisSubcommandLabel("[backup]");
    }

    @Override
    public List<Subcommand> subcommands() {
        return List.of(Subcommand.of(BackupDemoCommand::new, "backup"));
    }

    @Override
    public Integer call() throws IOException {
        return Demo.run("a disk that is a Java object, used like any other disk", stage -> {
            new FileSystemPart(stage).run();
            new CrashPart(stage).run();
        });
    }
}
