package org.dmuser.tests.differential;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.shim.service.RunDirectory;

/**
 * Runs dmsetup commands in this process for the script {@code dmsetup-of-the-test}: the same code as in one of its own,
 * with the standard streams exchanged meanwhile. One command at a time.
 */
final class DmsetupServer {
    private static final String STOP = "stop";

    private final Path directory;
    private final RunDirectory runDirectory;
    private final RandomAccessFile requests;
    private final Thread thread = new Thread(this::serve, "dmsetup-server");

    /** @param directory with the named pipe {@code requests} in it */
    DmsetupServer(Path directory, Path runDirectory) throws IOException {
        this.directory = directory;
        this.runDirectory = new RunDirectory(runDirectory);
        // For both, so that it has no end between two commands.
        this.requests = new RandomAccessFile(directory.resolve("requests").toFile(), "rw");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try {
            for (String process = requests.readLine(); !STOP.equals(process); process = requests.readLine()) {
                answer(process);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no more commands are run: " + e, e);
        }
    }

    private void answer(String process) throws IOException {
        String text = Files.readString(directory.resolve(process + ".words"));
        List<String> words = text.isEmpty() ? List.of() : Arrays.asList(text.split("\0", -1));
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int status;
        try (InputStream input = new BufferedInputStream(new FileInputStream("/proc/" + process + "/fd/0"))) {
            System.setIn(input);
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            // The last word ends with a NUL, too.
            status = Dmsetup.run(words.subList(0, Math.max(0, words.size() - 1)), runDirectory);
        } finally {
            System.out.flush();
            System.err.flush();
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
        Files.write(directory.resolve(process + ".out"), outBytes.toByteArray());
        Files.write(directory.resolve(process + ".err"), errBytes.toByteArray());
        Files.writeString(directory.resolve(process + ".status"), status + "\n");
    }

    /** Ends it, when no command is under way. */
    void stop() throws IOException, InterruptedException {
        requests.writeBytes(STOP + "\n");
        thread.join();
        requests.close();
    }
}
