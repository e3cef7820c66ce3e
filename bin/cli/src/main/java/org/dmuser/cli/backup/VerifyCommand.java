package org.dmuser.cli.backup;

import java.io.IOException;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.work.Verify;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dmuser backup verify}. */
@Command(
        name = "verify",
        description = "Looks for damage: the index, the checksum of every chunk, and that each point has all it needs.",
        footer = {
            "",
            "What is damaged is named, a line each, and so is every restore point that cannot be restored as a whole"
                    + " because of it; then the exit status is 3.",
            "What was in a damaged pack can be had back while a device still has it: move the pack away, then"
                    + " 'rebuild-index', then 'create --full'.",
            "  dmuser backup verify /backup",
            "  dmuser backup verify /backup --read-all",
            "  dmuser backup verify 's3://bucket/disks' --quick"
        })
final class VerifyCommand extends RepositoryCommand {
    @Option(
            names = "--read-all",
            description = "Also decrypts and decompresses every chunk, and compares it with the SHA-256 that names it.")
    private boolean readAll;

    @Option(names = "--quick", description = "Reads only what each pack says it holds, not the chunks themselves.")
    private boolean quick;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Mixin
    private WorkOptions options;

    @Override
    int run() throws IOException {
        try (Repository repository = open(LockKind.READ, options)) {
            Verify.Result result = work(
                    options,
                    "nothing was changed; not everything was looked at",
                    (progress, stop) -> Verify.run(repository, depth(), progress, stop));
            report(result);
            return result.findings().isEmpty() ? 0 : CliException.DAMAGED;
        }
    }

    private RepositoryCheck.Depth depth() {
        if (quick && readAll) {
            throw CliException.usage("--quick and --read-all exclude each other");
        }
        return readAll
                ? RepositoryCheck.Depth.CONTENT
                : quick ? RepositoryCheck.Depth.DIRECTORIES : RepositoryCheck.Depth.CHECKSUMS;
    }

    private void report(Verify.Result result) {
        result.findings().forEach(Console::error);
        if (json) {
            Console.println(new JsonObject()
                    .put("packs", result.packs())
                    .put("bytes", result.packBytes())
                    .put("points", result.points())
                    .putStrings("damages", result.findings())
                    .toString());
            return;
        }
        String looked = Amounts.count(result.points(), "restore point", "restore points") + ", "
                + Amounts.count(result.packs(), "pack", "packs") + ", " + Amounts.bytes(result.packBytes());
        Console.println(looked + ": "
                + (result.findings().isEmpty()
                        ? "no damage found"
                        : Amounts.count(result.findings().size(), "thing is", "things are") + " damaged"));
    }
}
