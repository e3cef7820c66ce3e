package org.dmuser.tests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What there is on the machine that comes from one test. Looks only where looking cannot hang. */
final class Traces {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path directory;
    private final String mark;

    /** Channel directories that links have pointed to. */
    private final Set<Path> sharedMemory = new HashSet<>();

    /** All that is under {@code directory}, and processes with {@code mark} in their environment. */
    Traces(Path directory, String mark) {
        this.directory = directory;
        this.mark = mark;
    }

    /** Everything, a line each. */
    List<String> all() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path mount : mounts()) {
            found.add("mount " + mount);
        }
        for (String loop : loopDevices()) {
            found.add("loop device " + loop);
        }
        for (ProcessHandle process : processes()) {
            found.add("process " + process.pid() + " "
                    + process.info().commandLine().orElse(""));
        }
        for (Path file : sharedMemory()) {
            found.add("shared memory " + file);
        }
        return found;
    }

    /** Those under the directory, and those of loop devices with something of ours beneath, the last one first. */
    List<Path> mounts() throws IOException {
        List<String> loops = loopDevices();
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] words = line.split(" ");
            int separator = List.of(words).indexOf("-");
            Path mount = Path.of(unescaped(words[4]));
            if (mount.startsWith(directory) || loops.contains(words[separator + 2])) {
                found.add(mount);
            }
        }
        Collections.reverse(found);
        return found;
    }

    private static String unescaped(String octal) {
        return octal.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    List<String> loopDevices() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                if (backing(device).contains(directory.toString())) {
                    found.add("/dev/" + device.getFileName());
                }
            }
        }
        return found;
    }

    private static String backing(Path device) {
        try {
            return Files.readString(device.resolve("loop/backing_file"));
        } catch (IOException e) {
            // Not bound to anything.
            return "";
        }
    }

    List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(this::isOurs).toList();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return ("\0" + new String(environment, StandardCharsets.UTF_8)).contains("\0" + mark + "\0");
        } catch (IOException e) {
            // Of another user, or gone.
            return false;
        }
    }

    /** Directories and files of channels. A memory handler's have no name, and end with their process. */
    private List<Path> sharedMemory() throws IOException {
        noteSharedMemory();
        List<Path> found = new ArrayList<>();
        for (Path path : sharedMemory) {
            if (Files.exists(path)) {
                found.add(path);
            }
        }
        Path channels = directory.resolve("run/channel");
        if (Files.isDirectory(channels)) {
            found.add(channels);
        }
        return found;
    }

    /** Remembers where a link points now, so that what is there is found when the link is gone. */
    void noteSharedMemory() throws IOException {
        Path link = directory.resolve("run/channel");
        if (Files.isSymbolicLink(link)) {
            Path target = Files.readSymbolicLink(link);
            if (target.startsWith(SHARED_MEMORY)) {
                sharedMemory.add(target);
            }
        }
    }

    /** Ends processes, then removes what stood on them, and never waits for long. */
    void removeAll() {
        try {
            noteSharedMemory();
            processes().forEach(ProcessHandle::destroyForcibly);
            Wait.within(Duration.ofSeconds(10), () -> processes().isEmpty());
            List<String> loops = loopDevices();
            for (Path mount : mounts()) {
                run("umount", "-l", mount.toString());
            }
            for (String loop : loops) {
                run("losetup", "-d", loop);
            }
            for (Path path : sharedMemory) {
                run("rm", "-rf", "--", path.toString());
            }
        } catch (Exception e) {
            throw new AssertionError("cannot clean up after a test: " + e, e);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
