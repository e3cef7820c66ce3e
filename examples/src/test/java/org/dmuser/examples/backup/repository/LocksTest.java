package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.format.Fields;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocksTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void create() throws IOException {
        Repository.create(new LocalStorage(directory), Key.NONE).close();
    }

    @ParameterizedTest
    @CsvSource({
        "READ,READ,true",
        "READ,WRITE,true",
        "WRITE,READ,true",
        "WRITE,WRITE,false",
        "READ,EXCLUSIVE,false",
        "EXCLUSIVE,READ,false",
        "WRITE,EXCLUSIVE,false",
        "EXCLUSIVE,EXCLUSIVE,false"
    })
    void shouldLetInWhoGoesWithThoseThere(LockKind there, LockKind other, boolean together) throws IOException {
        try (Repository first = open()) {
            first.lock(there);
            try (Repository second = open()) {
                if (together) {
                    second.lock(other);
                } else {
                    String message = assertThrows(LockedException.class, () -> second.lock(other))
                            .getMessage();
                    assertTrue(
                            message.startsWith("repository " + directory + " is locked: process "
                                    + ProcessHandle.current().pid() + " on "),
                            message);
                    assertTrue(message.endsWith(" " + there.verb() + " there"), message);
                }
            }
        }
        assertEquals(0, locks());
    }

    @Test
    void shouldKeepOutAWriterOfAnotherProcessUntilItIsGone() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocksTest.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Repository repository = open()) {
            InputStream locked = process.getInputStream();
            assertEquals('L', locked.read());
            String message = assertThrows(LockedException.class, () -> repository.lock(LockKind.WRITE))
                    .getMessage();
            assertTrue(message.contains("process " + process.pid() + " on "), message);
            // As with kill -9: it leaves its lock, which is in nobody's way.
            process.destroyForcibly().waitFor();
            repository.lock(LockKind.WRITE);
            assertEquals(1, locks());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Locks a repository and waits to be killed. */
    public static void main(String[] arguments) throws IOException {
        try (Repository repository = Repository.open(new LocalStorage(Path.of(arguments[0])), Key.NONE)) {
            repository.lock(LockKind.WRITE);
            OutputStream out = Files.newOutputStream(Path.of("/proc/self/fd/1"));
            out.write('L');
            out.flush();
            System.in.read();
        }
    }

    @Test
    void shouldTellAProcessFromALaterOneWithItsNumber() throws IOException {
        Holder self = Holder.self();
        put(new Holder(self.host(), self.boot(), self.namespace(), self.pid(), self.started() - 1));
        try (Repository repository = open()) {
            repository.lock(LockKind.EXCLUSIVE);
        }
    }

    @Test
    void shouldTakeAwayALockFromBeforeTheMachineWasStartedAnew() throws IOException {
        Holder self = Holder.self();
        Path lock = put(new Holder(self.host(), "another boot", self.namespace(), self.pid(), self.started()));
        Files.setLastModifiedTime(lock, FileTime.fromMillis(Holder.bootTimeMs() - TimeUnit.MINUTES.toMillis(1)));
        try (Repository repository = open()) {
            repository.lock(LockKind.EXCLUSIVE);
        }
    }

    @Test
    void shouldKeepALockThatWasRenewedSinceThisMachineWasStartedByOneOfTheSameName() throws IOException {
        Holder self = Holder.self();
        put(new Holder(self.host(), "another boot", self.namespace(), self.pid(), self.started()));
        try (Repository repository = open()) {
            assertThrows(LockedException.class, () -> repository.lock(LockKind.EXCLUSIVE));
        }
    }

    @Test
    void shouldTakeAwayALockOfAnotherMachineOnlyWhenItIsOld() throws IOException {
        Path lock = put(new Holder("elsewhere", "another boot", "another", 1, 1));
        try (Repository repository = open()) {
            assertEquals(
                    "repository " + directory + " is locked: process 1 on elsewhere writes there; "
                            + "if it does not any more, remove locks/test",
                    assertThrows(LockedException.class, () -> repository.lock(LockKind.EXCLUSIVE))
                            .getMessage());
            long old = System.currentTimeMillis() - Locks.STALE_AFTER_MS - TimeUnit.MINUTES.toMillis(1);
            Files.setLastModifiedTime(lock, FileTime.fromMillis(old));
            repository.lock(LockKind.EXCLUSIVE);
        }
    }

    @Test
    void shouldNotTrustALockThatCannotBeRead() throws IOException {
        Path lock = Files.write(directory.resolve("locks/test"), new byte[0]);
        try (Repository repository = open()) {
            assertEquals(
                    "repository " + directory + " is locked: locks/test is there and cannot be read; "
                            + "if it does not any more, remove locks/test",
                    assertThrows(LockedException.class, () -> repository.lock(LockKind.WRITE))
                            .getMessage());
            Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
            repository.lock(LockKind.WRITE);
        }
    }

    @Test
    void shouldWriteNoPointWhenTheLockWasTakenAway() throws IOException {
        try (Repository repository = open()) {
            repository.lock(LockKind.WRITE);
            try (Stream<Path> locks = Files.list(directory.resolve("locks"))) {
                Files.delete(locks.findFirst().orElseThrow());
            }
            assertThrows(LockedException.class, () -> Images.store(repository, new byte[1000]));
        }
        try (Repository repository = open()) {
            assertTrue(repository.points().list().points().isEmpty());
        }
    }

    private Path put(Holder holder) throws IOException {
        Fields fields = new Fields("locks/test").put("kind", LockKind.WRITE);
        holder.put(fields);
        ByteBuffer bytes = fields.bytes();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Files.write(directory.resolve("locks/test"), content);
    }

    private Repository open() throws IOException {
        return Repository.open(new LocalStorage(directory), Key.NONE);
    }

    private long locks() throws IOException {
        try (Stream<Path> locks = Files.list(directory.resolve("locks"))) {
            return locks.count();
        }
    }
}
