package org.dmuser.cli.dmsetup;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.DmuserCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dmuser dmsetup}: its place in help. What stands behind it is not read by picocli. */
@Command(
        name = Dmsetup.NAME,
        description = "Does what dmsetup would do, in all of its grammar and with its errors.",
        footer = {
            "",
            "A link of the name dmsetup to bin/dmuser is the same, so scripts need not be changed:",
            "  ln -s \"$PWD/bin/dmuser\" ~/bin/dmsetup",
            "  DMUSER_RUN_DIR=/run/dmuser dmsetup ls",
            "'dmuser dmsetup help -c' shows all of the grammar."
        })
public final class DmsetupCommand extends DmuserCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", description = "What stands behind dmsetup.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return Dmsetup.run(words, runDirectory());
    }
}
