package org.dmuser.tests.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes devices, by programs of their own. */
public final class DeviceIo {
    private final Sandbox sandbox;
    private final Path device;

    public DeviceIo(Sandbox sandbox, Path device) {
        this.sandbox = sandbox;
        this.device = device;
    }

    /** {@code dd} to the device, from a file. */
    public Outcome write(Path data, String... more) throws Exception {
        return startWrite(data, more).await(Sandbox.SHORT);
    }

    /** As {@link #write}, under way. */
    public Running startWrite(Path data, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("dd", "if=" + data, "of=" + device, "conv=notrunc"));
        command.addAll(List.of(more));
        return sandbox.startProgram(command.toArray(String[]::new));
    }

    /** {@code dd} from the device, to a file. */
    public Outcome read(Path copy, String... more) throws Exception {
        return startRead(copy, more).await(Sandbox.SHORT);
    }

    /** As {@link #read}, under way. */
    public Running startRead(Path copy, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("dd", "if=" + device, "of=" + copy));
        command.addAll(List.of(more));
        return sandbox.startProgram(command.toArray(String[]::new));
    }

    /** Fails unless the device holds at {@code offset} what the file holds. */
    public void requireHolds(long offset, Path data) throws Exception {
        long length = data.toFile().length();
        sandbox.program("cmp", "--ignore-initial=" + offset + ":0", "--bytes=" + length, device.toString(), "" + data)
                .requireSuccess();
    }

    /** Fails unless a range of the device is zeros. */
    public void requireZeroes(long offset, long length) throws Exception {
        sandbox.program("cmp", "--ignore-initial=" + offset + ":0", "--bytes=" + length, device.toString(), "/dev/zero")
                .requireSuccess();
    }

    /** Writes random bytes to the beginning, makes them last, and reads them back. */
    public void requireUsable() throws Exception {
        Path data = sandbox.randomFile("usable-" + sandbox.random().nextInt(1 << 30), 256 * 1024);
        write(data, "bs=64k", "conv=notrunc,fsync").requireSuccess();
        requireHolds(0, data);
    }
}
