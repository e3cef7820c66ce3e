package org.dmuser.cli.backup;

import java.io.IOException;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.SetAside;
import org.dmuser.examples.backup.work.Verify;

/** {@code dmuser backup verify}. */
final class VerifyCommand extends RepositoryCommand {
    private final Value<Boolean> readAll = grammar.flag(
            "--read-all",
            "Also decrypts and decompresses every chunk, and compares it with the SHA-256 that names it.");

    private final Value<Boolean> quick =
            grammar.flag("--quick", "Reads only what each pack says it holds, not the chunks themselves.");

    private final Value<Boolean> setAside = grammar.flag(
            "--set-aside",
            "Moves packs with damage from 'packs' to 'damaged' in the repository, and keeps what is whole in"
                    + " them. What is not then counts as missing, and is stored again by the next 'create"
                    + " --full' of a device that still has it.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    private final WorkOptions options = new WorkOptions(grammar);

    VerifyCommand() {
        super(
                "Looks for damage: the index, the checksum of every chunk, and that each point has all it needs.",
                "",
                "What is damaged is named, a line each, and so is every restore point that cannot be restored as a"
                        + " whole because of it; then the exit status is 3.",
                "What is damaged can be had back while a device still has it: 'verify --set-aside', and then 'create"
                        + " --full' of the device.",
                "  dmuser backup verify /backup",
                "  dmuser backup verify /backup --read-all",
                "  dmuser backup verify 's3://bucket/disks' --quick",
                "  dmuser backup verify /backup --set-aside");
    }

    @Override
    int run() throws IOException {
        RepositoryCheck.Depth depth = depth();
        try (Repository repository = open(setAside.get() ? LockKind.EXCLUSIVE : LockKind.READ, options)) {
            Verify.Result result = work(
                    options,
                    "nothing was changed; not everything was looked at",
                    (progress, stop) -> setAside.get()
                            ? Verify.runAndSetAside(repository, depth, progress, stop)
                            : Verify.run(repository, depth, progress, stop));
            report(result);
            return result.findings().isEmpty() ? 0 : CliException.DAMAGED;
        }
    }

    private RepositoryCheck.Depth depth() {
        if (quick.get() && readAll.get()) {
            throw CliException.usage("--quick and --read-all exclude each other");
        }
        return readAll.get()
                ? RepositoryCheck.Depth.CONTENT
                : quick.get() ? RepositoryCheck.Depth.DIRECTORIES : RepositoryCheck.Depth.CHECKSUMS;
    }

    private void report(Verify.Result result) {
        result.findings().forEach(Console::error);
        if (json.get()) {
            JsonObject printed = new JsonObject()
                    .put("packs", result.packs())
                    .put("bytes", result.packBytes())
                    .put("points", result.points())
                    .putStrings("damages", result.findings());
            result.setAside()
                    .ifPresent(aside -> printed.put("packs_set_aside", aside.packs())
                            .put("chunks_kept", aside.keptChunks())
                            .put("chunks_lost", aside.lostChunks()));
            Console.println(printed.toString());
            return;
        }
        String looked = Amounts.count(result.points(), "restore point", "restore points") + ", "
                + Amounts.count(result.packs(), "pack", "packs") + ", " + Amounts.bytes(result.packBytes());
        Console.println(looked + ": "
                + (result.findings().isEmpty()
                        ? "no damage found"
                        : Amounts.count(result.findings().size(), "thing is", "things are") + " damaged"));
        result.setAside().ifPresent(this::report);
    }

    private void report(SetAside.Result aside) {
        if (aside.keptChunks() + aside.lostChunks() + aside.packs() == 0) {
            Console.println("there is no pack to set aside");
            return;
        }
        Console.println(Amounts.count(aside.packs(), "pack", "packs") + " set aside in " + url()
                + "/damaged; of what was"
                + " in packs with damage, " + Amounts.count(aside.keptChunks(), "chunk is", "chunks are") + " whole and"
                + " kept, " + Amounts.count(aside.lostChunks(), "chunk is", "chunks are") + " lost");
        if (aside.packs() > 0) {
            Console.println("what a device still has of that is stored again by 'dmuser backup create " + url()
                    + " WHERE --full'");
        }
    }
}
