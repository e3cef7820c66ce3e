package org.dmuser.cli.dmsetup;

import java.util.List;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;

/** {@code dmuser dmsetup}: its place in help. What stands behind it is not read by picocli. */
public final class DmsetupCommand extends DmuserCommand {
    private final Value<List<String>> words = grammar.words(0, "WORD", "What stands behind dmsetup.");

    public DmsetupCommand() {
        super(
                "Does what dmsetup would do, in all of its grammar and with its errors.",
                "",
                "A link of the name dmsetup to bin/dmuser is the same, so scripts need not be changed:",
                "  ln -s \"$PWD/bin/dmuser\" ~/bin/dmsetup",
                "  DMUSER_RUN_DIR=/run/dmuser dmsetup ls",
                "'dmuser dmsetup help -c' shows all of the grammar.");
    }

    @Override
    public Integer call() throws Exception {
        return Dmsetup.run(words.get(), runDirectory());
    }
}
