package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** What {@code log-writes} has logged, the kernel's or ours, does it all again. */
@SystemTest
class ReplayLogTest {
    private static final String LOG_BEGINS = "--- log";
    private static final String LOG_ENDS = "--- of disk A: ";
    private static final int SECTORS = 32768;

    /** Whether the journal, and nothing else, makes a file system whole again. */
    private static final String CHECK =
            "cp --sparse=always \"$1\" checked && e2fsck -y -E journal_only checked && e2fsck -fn checked";

    @Test
    void shouldReplayALogOfTheKernel(Sandbox sandbox) throws Exception {
        Path record = CliProcess.launcher().resolveSibling("../tests/differential/scripts/log-writes.kernel");
        List<String> lines = Files.readAllLines(record);
        int begin = lines.indexOf(LOG_BEGINS);
        int end = begin;
        while (!lines.get(end).startsWith(LOG_ENDS)) {
            end++;
        }
        Path log = Files.write(sandbox.path("log"), bytesOf(lines.subList(begin + 1, end)));
        Path disk = Files.write(sandbox.path("disk"), pattern("A", 8192));

        sandbox.dmuser("replay-log", log.toString(), disk.toString()).requireSuccess();

        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(disk)));
        assertEquals(lines.get(end), LOG_ENDS + sum + "  -");
        assertTrue(sandbox.dmuser("replay-log", log.toString()).out().contains("mark at entry 0: written\n"));
    }

    /** Of what {@code od -A d -t x1} prints: a star stands for lines like the one before it. */
    private static byte[] bytesOf(List<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] last = new byte[0];
        for (String line : lines) {
            if (!line.equals("*")) {
                String[] words = line.split(" ", 2);
                while (bytes.size() < Integer.parseInt(words[0])) {
                    bytes.writeBytes(last);
                }
                last = words.length < 2 ? last : HexFormat.ofDelimiter(" ").parseHex(words[1]);
                bytes.writeBytes(words.length < 2 ? new byte[0] : last);
            }
        }
        return bytes.toByteArray();
    }

    /** What {@code tests/differential/play} writes to a disk. */
    private static byte[] pattern(String disk, int sectors) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sectors; i++) {
            text.append("%-511s\n".formatted("disk " + disk + " sector " + i));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    @Needs({Requirement.FUSE, Requirement.LOOP, Requirement.FIO})
    void shouldShowAFileSystemThatIsWholeAfterEachFlush(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path disk = sparse(sandbox.path("disk"), SECTORS * 512L);
        Path log = sparse(sandbox.path("log"), 256L << 20);
        service.run("create", "logged", "--table", "0 " + SECTORS + " log-writes " + disk + " " + log);
        Path loop = Loops.attach(sandbox, service.file("logged"));
        Path mount = sandbox.emptyDirectory("mnt");
        sandbox.program("mkfs.ext4", "-q", loop.toString()).requireSuccess();
        service.run("message", "logged", "0", "mark", "mkfs");
        sandbox.program("mount", loop.toString(), mount.toString()).requireSuccess();
        useFileSystem(sandbox, mount);
        service.run("message", "logged", "0", "mark", "used");
        // What is mounted by way of a loop device is not overwritten.
        sandbox.dmuser("replay-log", log.toString(), service.file("logged").toString(), "--to-mark", "mkfs")
                .requireOneLine("is the disk below " + loop);
        Loops.unmount(sandbox, loop, mount);
        Loops.detach(sandbox, loop);
        service.run("remove", "logged");

        Path copy = sparse(sandbox.path("copy"), SECTORS * 512L);
        String[] replay = {"replay-log", log.toString(), copy.toString(), "--check", inSandbox(sandbox)};
        // Without a file system there is none to make whole.
        sandbox.dmuser(with(replay, "--from-mark", "mkfs")).requireOneLine("the check failed");
        sparse(Files.writeString(copy, ""), SECTORS * 512L);
        sandbox.dmuser("replay-log", log.toString(), copy.toString(), "--to-mark", "mkfs")
                .requireSuccess();
        String out = sandbox.dmuser(with(replay, "--from-mark", "mkfs"))
                .requireSuccess()
                .out();
        long checks = Long.parseLong(out.replaceAll("(?s).*; ([0-9]+) checks passed\n", "$1"));
        assertTrue(checks >= 10, out);
        assertEquals(-1, Files.mismatch(disk, copy));
    }

    private static void useFileSystem(Sandbox sandbox, Path mount) throws Exception {
        sandbox.program(
                        "fio",
                        "--name=load",
                        "--directory=" + mount,
                        "--size=512k",
                        "--bs=4k",
                        "--rw=randwrite",
                        "--fsync=16",
                        "--randseed=" + sandbox.random().nextInt(1 << 30))
                .requireSuccess();
        Path directory = Files.createDirectory(mount.resolve("directory"));
        for (int i = 0; i < 8; i++) {
            Path file = Files.write(directory.resolve("file" + i), new byte[20_000 * i]);
            sandbox.program("sync", file.toString()).requireSuccess();
            Files.move(file, directory.resolve("moved" + i));
        }
        Files.delete(directory.resolve("moved5"));
        sandbox.program("fstrim", mount.toString()).requireSuccess();
        sandbox.program("sync", "--file-system", mount.toString()).requireSuccess();
    }

    private static String inSandbox(Sandbox sandbox) {
        return "cd " + sandbox.directory() + " && " + CHECK;
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Path sparse(Path path, long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }
}
