package org.dmuser.tests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one test has of the machine: a directory with a run directory in it, and the processes it starts. All of them
 * are known by a word in their environment, also those that they start in turn, so that none is missed when it comes to
 * finding out what is left.
 */
public final class Sandbox {
    /** For what ought to be done at once: only what hangs takes that long, however much the machine has to do. */
    public static final Duration SHORT = Duration.ofSeconds(300);

    private static final String MARK = "DMUSER_TEST_SANDBOX";
    private static final Set<Sandbox> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Sandbox::clean), "sandbox-clean"));
    }

    private final Path directory;
    private final Traces traces;
    private final long seed;
    private final Random random;
    private final List<Running> running = new ArrayList<>();
    private final List<ServiceRig> services = new ArrayList<>();
    private int outputs;

    Sandbox() throws IOException {
        // Short, because of the longest path of a Unix socket.
        directory = Files.createTempDirectory("dmuser-test-").toRealPath();
        traces = new Traces(directory, MARK + "=" + directory);
        seed = Long.getLong("dmuser.seed", System.nanoTime());
        random = new Random(seed);
        OPEN.add(this);
    }

    public Path directory() {
        return directory;
    }

    /** A place in the directory. Nothing is made there. */
    public Path path(String name) {
        return directory.resolve(name);
    }

    /** What {@code DMUSER_RUN_DIR} says. */
    public Path runDirectory() {
        return path("run");
    }

    /** An empty directory. */
    public Path emptyDirectory(String name) throws IOException {
        return Files.createDirectory(path(name));
    }

    /** Where there is chance, it comes from here. */
    public Random random() {
        return random;
    }

    long seed() {
        return seed;
    }

    /** A file of random bytes. */
    public Path randomFile(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Files.write(path(name), bytes);
    }

    /** Starts {@code dmuser}. */
    public CliProcess start(String... arguments) throws IOException {
        List<String> command = launcher(arguments);
        Path out = output("out");
        Path err = output("err");
        CliProcess process = new CliProcess(command, process(command, out, err), out, err);
        return remember(process);
    }

    /** All {@code dmuser} processes started so far, also those that have ended. */
    public synchronized List<CliProcess> commands() {
        return running.stream()
                .filter(CliProcess.class::isInstance)
                .map(CliProcess.class::cast)
                .toList();
    }

    /** Runs {@code dmuser} until it ends. */
    public Outcome dmuser(String... arguments) throws Exception {
        return start(arguments).await(SHORT);
    }

    /** Runs {@code dmuser} with something to read on its standard input. */
    public Outcome dmuserReading(String input, String... arguments) throws Exception {
        Path file = Files.writeString(output("in"), input);
        Path out = output("out");
        Path err = output("err");
        List<String> command = launcher(arguments);
        Process process =
                builder(command, out, err).redirectInput(file.toFile()).start();
        return remember(new CliProcess(command, process, out, err)).await(SHORT);
    }

    /** Starts any program. */
    public Running startProgram(String... command) throws IOException {
        Path out = output("out");
        Path err = output("err");
        return remember(new Running(List.of(command), process(List.of(command), out, err), out, err));
    }

    /** Runs any program until it ends. What touches a device is done like this: this process must not hang on one. */
    public Outcome program(String... command) throws Exception {
        return startProgram(command).await(SHORT);
    }

    /** Runs a {@code main} of the tests in a Java of its own. */
    public Running startJava(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                testClasses().toString(),
                main.getName()));
        command.addAll(List.of(arguments));
        return startProgram(command.toArray(String[]::new));
    }

    /** Where the tests' classes are, those of their handlers among them. */
    public static Path testClasses() {
        return Path.of(Sandbox.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** Starts a service on the run directory, and waits until it is ready. */
    public ServiceRig serve(String... arguments) throws Exception {
        ServiceRig rig = new ServiceRig(this, Arrays.asList(arguments));
        services.add(rig);
        rig.awaitReady();
        return rig;
    }

    private static List<String> launcher(String... arguments) {
        List<String> command = new ArrayList<>(List.of(CliProcess.launcher().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private synchronized Path output(String kind) throws IOException {
        Path outputDirectory = Files.createDirectories(path("output"));
        return outputDirectory.resolve(outputs++ + "." + kind);
    }

    private Process process(List<String> command, Path out, Path err) throws IOException {
        return builder(command, out, err).start();
    }

    private ProcessBuilder builder(List<String> command, Path out, Path err) {
        // Whoever starts tests in the background of a shell has SIGINT ignored, and so have all that they start.
        List<String> heedful = new ArrayList<>(List.of("env", "--default-signal=INT"));
        heedful.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(heedful)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put(MARK, directory.toString());
        environment.put("DMUSER_RUN_DIR", runDirectory().toString());
        environment.put("LC_ALL", "C.UTF-8");
        return builder;
    }

    private synchronized <T extends Running> T remember(T process) {
        running.add(process);
        return process;
    }

    void noteSharedMemory() throws IOException {
        traces.noteSharedMemory();
    }

    /** Mount points of ours, the last one first. */
    public List<Path> mounts() throws IOException {
        return traces.mounts();
    }

    /** The loop devices that have something of ours beneath them. */
    public List<String> loopDevices() throws IOException {
        return traces.loopDevices();
    }

    /** Fails if there is a mount, a loop device, a process or shared memory of ours. */
    public void requireNothingLeft() throws Exception {
        requireNothingLeft(traces);
    }

    /** As {@link #requireNothingLeft()}, where a command of ours has made a directory elsewhere. */
    public void requireNothingLeftOf(Path elsewhere) throws Exception {
        requireNothingLeft(new Traces(elsewhere, MARK + "=" + directory));
    }

    private static void requireNothingLeft(Traces traces) throws Exception {
        Set<String> left = new TreeSet<>();
        boolean nothing = Wait.within(SHORT, () -> {
            left.clear();
            left.addAll(traces.all());
            return left.isEmpty();
        });
        if (!nothing) {
            throw new AssertionError("left behind: " + String.join("; ", left));
        }
    }

    /** What a successful test ends with. */
    void end() throws Exception {
        for (ServiceRig rig : services) {
            rig.stop();
        }
        requireNothingLeft();
    }

    /** Removes whatever there is, by any means. */
    void clean() {
        OPEN.remove(this);
        List.copyOf(running).forEach(Running::forget);
        traces.removeAll();
        deleteDirectory();
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException e) {
            // Something is left that a failed test made, and the failure says more about it.
            OPEN.remove(this);
        }
    }

    /** For whoever has to find out why a test failed. */
    String describe() {
        return "seed " + seed + " (repeat with -Ddmuser.seed=" + seed + "), in " + directory + "\n"
                + running.stream().map(Running::toString).collect(Collectors.joining("\n"));
    }
}
