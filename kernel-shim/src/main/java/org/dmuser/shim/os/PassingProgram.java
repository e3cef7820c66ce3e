package org.dmuser.shim.os;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.dmuser.channel.Errno;

/**
 * Runs a program that opens a file for its caller, and sends the descriptor over a socket. The socket is its standard
 * input, because that is one number that is the same on both sides.
 *
 * <p>Not by {@link ProcessBuilder}, which lets a child have no descriptors but pipes and files.
 */
public final class PassingProgram {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int STDIN = 0;
    private static final int STDERR = 2;

    /** More than a {@code posix_spawn_file_actions_t} of any C library has. */
    private static final int ACTIONS_LENGTH = 512;

    private PassingProgram() {}

    /**
     * What came of it.
     *
     * @param fd the descriptor, which no child process inherits; -1 if none was sent
     * @param said on standard error
     */
    public record Outcome(int fd, String said) {}

    /**
     * Runs it to its end.
     *
     * @param command name, which is looked for in the path, and arguments
     * @param environment all of its environment, as NAME=VALUE
     * @throws NoSuchFileException if there is no such program
     */
    public static Outcome run(List<String> command, List<String> environment) throws IOException {
        int[] sockets = new int[2];
        check(LibC.instance().socketpair(AF_UNIX, SOCK_STREAM | LibC.O_CLOEXEC, 0, sockets), "socketpair");
        try {
            return run(command, environment, sockets);
        } finally {
            LibC.instance().close(sockets[0]);
        }
    }

    private static Outcome run(List<String> command, List<String> environment, int[] sockets) throws IOException {
        int[] pipe = new int[2];
        try {
            check(LibC.instance().pipe2(pipe, LibC.O_CLOEXEC), "pipe2");
        } catch (IOException e) {
            LibC.instance().close(sockets[1]);
            throw e;
        }
        try {
            int pid;
            try {
                pid = start(command, environment, sockets[1], pipe[1]);
            } finally {
                // Once the program has ended, nobody has these two: that is how its end is noticed.
                LibC.instance().close(sockets[1]);
                LibC.instance().close(pipe[1]);
            }
            int fd = PassedDescriptor.receive(sockets[0]);
            String said = readAll(pipe[0]);
            await(pid);
            return new Outcome(fd, said);
        } finally {
            LibC.instance().close(pipe[0]);
        }
    }

    private static int start(List<String> command, List<String> environment, int stdin, int stderr) throws IOException {
        LibC libc = LibC.instance();
        Pointer actions = Memory.allocateDirect(Runtime.getSystemRuntime(), ACTIONS_LENGTH, true);
        libc.posix_spawn_file_actions_init(actions);
        try {
            libc.posix_spawn_file_actions_adddup2(actions, stdin, STDIN);
            libc.posix_spawn_file_actions_adddup2(actions, stderr, STDERR);
            int[] pid = new int[1];
            int error = libc.posix_spawnp(
                    pid,
                    command.get(0),
                    actions,
                    null,
                    command.toArray(new String[0]),
                    environment.toArray(new String[0]));
            if (error == Errno.ENOENT.number()) {
                throw new NoSuchFileException(command.get(0));
            }
            if (error != 0) {
                throw new IOException(
                        "cannot run " + command.get(0) + ": " + Errno.of(error).text());
            }
            return pid[0];
        } finally {
            libc.posix_spawn_file_actions_destroy(actions);
            Reference.reachabilityFence(actions);
        }
    }

    private static String readAll(int fd) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[1024];
        while (true) {
            long count = LibC.instance().read(fd, bytes, bytes.length);
            if (count > 0) {
                all.write(bytes, 0, (int) count);
            } else if (count == 0 || LibC.lastError() != Errno.EINTR) {
                return all.toString(StandardCharsets.UTF_8).strip();
            }
        }
    }

    private static void await(int pid) {
        int[] status = new int[1];
        int ended;
        do {
            ended = LibC.instance().waitpid(pid, status, 0);
        } while (ended < 0 && LibC.lastError() == Errno.EINTR);
    }

    private static void check(int result, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + LibC.lastError().text());
        }
    }
}
