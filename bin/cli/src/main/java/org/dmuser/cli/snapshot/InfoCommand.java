package org.dmuser.cli.snapshot;

import java.io.IOException;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.snapshot.store.StoreInfo;
import org.dmuser.sdk.config.ByteSize;

/** {@code dmuser snapshot info}. */
final class InfoCommand extends StoreCommand {
    private final Value<Boolean> json = grammar.flag(
            "--json", "As a JSON object: store, base, daemon, size, blockSize, dataBytes, liveBytes, snapshots.");

    InfoCommand() {
        super("Shows what a store holds, and what of it is used for what.");
    }

    @Override
    public Integer call() throws IOException {
        StoreAccess access = access();
        StoreInfo info = access.info();
        boolean daemon = access.hasDaemon();
        if (json.get()) {
            Console.println(new JsonObject()
                    .put("store", access.path().toString())
                    .put("base", info.basePath())
                    .put("daemon", daemon)
                    .put("size", info.size())
                    .put("blockSize", info.blockSize())
                    .put("dataBytes", info.dataBytes())
                    .put("liveBytes", info.liveBytes())
                    .put(
                            "snapshots",
                            info.snapshots().stream().map(ListCommand::object).toList())
                    .toString());
            return 0;
        }
        Console.println("store      " + access.path() + (daemon ? ", in use by a daemon" : ", not in use"));
        Console.println("base       " + info.basePath());
        Console.println("size       " + ByteSize.format(info.size()));
        Console.println("block      " + ByteSize.format(info.blockSize()));
        Console.println("data       " + Amounts.bytes(info.dataBytes()) + ", " + Amounts.bytes(info.liveBytes())
                + " of it in the device as it is now");
        Console.println("snapshots  " + info.snapshots().size());
        return 0;
    }
}
