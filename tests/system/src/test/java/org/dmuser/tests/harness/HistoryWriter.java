package org.dmuser.tests.harness;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program that writes to a device and remembers what it wrote in which order, so that it can tell whether an image is
 * what the device was at one moment. Every second thread writes with O_DSYNC.
 *
 * <pre>
 *   arguments           FILE BLOCKS THREADS SEED
 *   "begin"             answered by "begun": what was acknowledged by now has to be in the image
 *   "end NAME"          answered by "ended NAME": what begins from now on must not be in it
 *   "image NAME FILE"   answered by "right NAME": FILE is what the device was at a moment between the two
 *   "finish"            answered by "intact ACKNOWLEDGED FAILED", status 0: the device holds what it should
 * </pre>
 */
public final class HistoryWriter {
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    /** By thread: the write that has to be in an image, and the last one that may be. */
    private record Window(int[] oldest, int[] newest) {}

    private final List<WriteHistory> histories = new ArrayList<>();
    private final Map<String, Window> windows = new HashMap<>();
    private int[] oldest;

    private HistoryWriter() {}

    /** See above. */
    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        try (FileChannel device = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel durable =
                        FileChannel.open(path, Set.of(StandardOpenOption.WRITE, StandardOpenOption.DSYNC))) {
            int threads = Integer.parseInt(arguments[2]);
            HistoryWriter writer = new HistoryWriter();
            for (int i = 0; i < threads; i++) {
                writer.histories.add(new WriteHistory(
                        i % 2 == 0 ? device : durable,
                        i,
                        threads,
                        Integer.parseInt(arguments[1]),
                        Long.parseLong(arguments[3]) + i));
            }
            writer.run(device);
        } catch (WriteHistory.WrongException e) {
            OUT.println("WRONG: " + e.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }

    private void run(FileChannel device) throws Exception {
        List<Thread> threads = histories.stream().map(Thread::new).toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OUT.println("writing");
        String line = in.readLine();
        while (line != null && !line.equals("finish")) {
            answer(line.split(" "));
            line = in.readLine();
        }
        histories.forEach(WriteHistory::finish);
        for (Thread thread : threads) {
            thread.join();
        }
        for (WriteHistory history : histories) {
            history.requireHolds(device, history.begun());
        }
        OUT.println("intact "
                + histories.stream().mapToLong(WriteHistory::acknowledged).sum() + " "
                + histories.stream().mapToLong(WriteHistory::failed).sum());
    }

    private void answer(String[] words) throws IOException {
        switch (words[0]) {
            case "begin" -> {
                oldest = histories.stream()
                        .mapToInt(WriteHistory::lastAcknowledged)
                        .toArray();
                OUT.println("begun");
            }
            case "end" -> {
                int[] newest = histories.stream().mapToInt(WriteHistory::begun).toArray();
                windows.put(words[1], new Window(oldest, newest));
                OUT.println("ended " + words[1]);
            }
            case "image" -> {
                requireMoment(words[1], Path.of(words[2]));
                OUT.println("right " + words[1]);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void requireMoment(String name, Path image) throws IOException {
        Window window = windows.get(name);
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ)) {
            for (int i = 0; i < histories.size(); i++) {
                WriteHistory history = histories.get(i);
                int moment = history.newest(file);
                if (moment < window.oldest()[i] || moment > window.newest()[i]) {
                    throw new WriteHistory.WrongException(name + ": the last write of thread " + i + " in it is "
                            + moment + ", and it should be one of " + window.oldest()[i] + " to " + window.newest()[i]);
                }
                history.requireHolds(file, moment);
            }
        }
    }
}
