package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.Fields;
import org.dmuser.sdk.file.BootId;

/**
 * Who holds a lock: a process of Linux, told apart from every other one, also from a later one with the same number.
 *
 * @param host name of the machine, for people
 * @param boot the id the kernel gave itself when it started
 * @param namespace of the process number: containers count their own
 * @param pid process number
 * @param started when the process was started, in clock ticks since the kernel was
 */
record Holder(String host, String boot, String namespace, long pid, long started) {
    /** Fields of /proc/PID/stat behind the name of the command, which is in parentheses and may hold anything. */
    private static final int START_AFTER_NAME = 19;

    /** How sure one can be that a holder lives. */
    enum Life {
        ALIVE,
        DEAD,
        /** On another machine, or in another container: only the age of its lock tells. */
        UNKNOWN
    }

    static Holder self() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new Holder(hostName(), BootId.read().toString(), pidNamespace(), pid, startOf(pid));
    }

    static Holder of(Fields fields) throws DamagedException {
        return new Holder(
                fields.text("host"),
                fields.text("boot"),
                fields.text("namespace"),
                fields.number("pid"),
                fields.number("started"));
    }

    void put(Fields fields) {
        fields.put("host", host)
                .put("boot", boot)
                .put("namespace", namespace)
                .put("pid", pid)
                .put("started", started);
    }

    /**
     * Whether it lives, as far as {@code observer} can see.
     *
     * @param local the storage is a directory: who shares a host's name, and has not renewed his lock since this host
     *     was started, is most likely that host, before; else there are two of the name that share the directory
     * @param renewedMs when the lock was last written
     */
    Life life(Holder observer, boolean local, long renewedMs) throws IOException {
        if (!boot.equals(observer.boot)) {
            return local && host.equals(observer.host) && renewedMs < bootTimeMs() ? Life.DEAD : Life.UNKNOWN;
        }
        if (!namespace.equals(observer.namespace)) {
            return Life.UNKNOWN;
        }
        try {
            return startOf(pid) == started ? Life.ALIVE : Life.DEAD;
        } catch (NoSuchFileException e) {
            // Where /proc shows nobody the processes of others (hidepid), not even the first one is there.
            return Files.exists(Path.of("/proc/1")) ? Life.DEAD : Life.UNKNOWN;
        } catch (IOException e) {
            return Life.UNKNOWN;
        }
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return address();
        }
    }

    private static String address() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** When this machine was started, by its clock. */
    static long bootTimeMs() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime")).split(" ")[0];
        return System.currentTimeMillis() - (long) (Double.parseDouble(uptime) * 1000);
    }

    private static String pidNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    }

    private static long startOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        if (afterName[0].equals("Z")) {
            throw new NoSuchFileException("process " + pid + " has ended, and nobody has asked how");
        }
        return Long.parseLong(afterName[START_AFTER_NAME]);
    }
}
