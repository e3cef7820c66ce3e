package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.os.MountTable;

/** How to start the programs of others. */
final class Peers {
    private Peers() {}

    /** Two processes, with a Unix socket between them: a block device in one program, its file made by another. */
    static Server nbdkit(Stage stage) throws IOException, InterruptedException {
        Path directory = stage.makeDirectory("nbdkit");
        Path socket = directory.resolve("socket");
        Path mountPoint = Files.createDirectory(directory.resolve("mnt"));
        Child nbdkit = stage.run("nbdkit", "--foreground", "--unix=" + socket, "memory", "size=" + stage.size());
        nbdkit.await(() -> Files.exists(socket));
        Child nbdfuse = stage.run("nbdfuse", mountPoint.resolve("disk").toString(), "nbd+unix://?socket=" + socket);
        Path file = mountPoint.resolve("disk");
        nbdfuse.await(() -> hasSize(file, stage.size()));
        return new Server(file, nbdkit, nbdfuse);
    }

    /** Mounts on the file itself, as dmuser does. */
    static Server qemu(Stage stage) throws IOException, InterruptedException {
        Path store = stage.makeFileInMemory("qemu");
        Path file = Files.createFile(stage.makeDirectory("qemu").resolve("disk"));
        Child daemon = stage.run(
                "qemu-storage-daemon",
                "--blockdev",
                "driver=file,node-name=store,filename=" + store,
                "--blockdev",
                "driver=raw,node-name=disk,file=store",
                "--export",
                "type=fuse,id=export,node-name=disk,mountpoint=" + file + ",writable=on,growable=off");
        daemon.await(() -> MountTable.at(file).isPresent() && hasSize(file, stage.size()));
        return new Server(file, daemon);
    }

    /** Our own C, {@code tests/bench/src/main/c/ceiling.c}. */
    static Server ceiling(Stage stage) throws IOException, InterruptedException {
        Path mountPoint = stage.makeDirectory("ceiling");
        Path file = mountPoint.resolve("disk");
        Child server =
                stage.run(stage.tools().ceiling().toString(), mountPoint.toString(), Long.toString(stage.size()));
        server.await(() -> hasSize(file, stage.size()));
        return new Server(file, server);
    }

    /** jnr-fuse as anybody would use it, {@link StockJnr}. */
    static Server stockJnr(Stage stage) throws IOException, InterruptedException {
        Path mountPoint = stage.makeDirectory("stock-jnr");
        List<String> words = new ArrayList<>(stage.tools().java());
        words.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                StockJnr.class.getName(),
                mountPoint.toString(),
                Long.toString(stage.size())));
        Path file = mountPoint.resolve(StockJnr.NAME);
        Child server = stage.run(words);
        server.await(() -> hasSize(file, stage.size()));
        return new Server(file, server);
    }

    private static boolean hasSize(Path file, long size) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == size;
    }
}
