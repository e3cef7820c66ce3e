package org.dmuser.tests.differential;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.shim.service.RunDirectory;
import org.dmuser.tests.harness.InProcess;
import org.dmuser.tests.harness.Outcome;

/** Runs dmsetup commands in this process for the script {@code dmsetup-of-the-test}. One command at a time. */
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
        // The last word ends with a NUL, too.
        List<String> command = words.subList(0, Math.max(0, words.size() - 1));
        Outcome outcome;
        try (InputStream input = new BufferedInputStream(new FileInputStream("/proc/" + process + "/fd/0"))) {
            outcome = InProcess.run(command, input, () -> Dmsetup.run(command, runDirectory));
        }
        Files.writeString(directory.resolve(process + ".out"), outcome.out());
        Files.writeString(directory.resolve(process + ".err"), outcome.err());
        Path status = directory.resolve(process + ".status");
        Files.writeString(status, outcome.status() + "\n");
        // A later process may have the same number, and makes its own.
        Files.delete(status);
    }

    /** Ends it, when no command is under way. */
    void stop() throws IOException, InterruptedException {
        requests.writeBytes(STOP + "\n");
        thread.join();
        requests.close();
    }
}
