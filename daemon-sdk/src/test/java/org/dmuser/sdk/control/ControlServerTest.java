package org.dmuser.sdk.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands over a real socket. */
class ControlServerTest {
    @TempDir
    private Path directory;

    private final CountDownLatch sessionsClosed = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Repeats what it is told, and counts. */
    private final class Parrot implements ControlSession {
        private int count;

        @Override
        public String run(List<String> words) throws IOException {
            return switch (words.get(0)) {
                case "fail" -> throw new IOException("cannot " + words.get(1));
                case "crash" -> throw new IllegalStateException("broken");
                case "wait" -> await();
                default -> ++count + " " + words;
            };
        }

        private String await() throws IOException {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return "waited";
        }

        @Override
        public void close() {
            sessionsClosed.countDown();
        }
    }

    private Path socket() {
        return directory.resolve("control");
    }

    private ControlServer open() throws IOException {
        return ControlServer.open(socket(), Parrot::new);
    }

    @Test
    void shouldAnswerEachConnectionWithASessionOfItsOwn() throws IOException {
        try (ControlServer server = open();
                ControlConnection one = ControlConnection.open(socket());
                ControlConnection two = ControlConnection.open(socket())) {
            assertEquals("1 [hello, wörld]", one.ask("hello", "wörld"));
            assertEquals("2 []".replace("[]", "[again, ]"), one.ask("again", ""));
            assertEquals("1 [other]", two.ask("other"));
            assertEquals(socket(), server.path());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
        }
        assertTrue(Files.notExists(socket()));
    }

    @Test
    void shouldTellWhatWentWrongAndGoOn() throws IOException {
        try (ControlServer server = open();
                ControlConnection connection = ControlConnection.open(server.path())) {
            assertEquals(
                    "cannot fly",
                    assertThrows(ControlException.class, () -> connection.ask("fail", "fly"))
                            .getMessage());
            assertTrue(assertThrows(ControlException.class, () -> connection.ask("crash"))
                    .getMessage()
                    .contains("broken"));
            assertEquals("1 [hello]", connection.ask("hello"));
        }
    }

    @Test
    void shouldCloseTheSessionWhenThePeerGoes() throws Exception {
        try (ControlServer server = open()) {
            try (ControlConnection connection = ControlConnection.open(server.path())) {
                connection.ask("hello");
            }
            assertTrue(sessionsClosed.await(120, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldCloseTheSessionOfAPeerThatTalksNonsense() throws Exception {
        try (ControlServer server = open();
                SocketChannel stranger = SocketChannel.open(UnixDomainSocketAddress.of(server.path()))) {
            stranger.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes()));
            assertTrue(sessionsClosed.await(120, TimeUnit.SECONDS));
        }
    }

    @Test
    void shouldLetACommandUnderWayAnswerWhenItIsClosed() throws Exception {
        ControlServer server = open();
        try (ControlConnection connection = ControlConnection.open(socket())) {
            StringBuilder answer = new StringBuilder();
            Thread asking = new Thread(() -> answer.append(ask(connection, "wait")));
            asking.start();
            begun.await();
            Thread closing = new Thread(() -> close(server));
            closing.start();
            while (Files.exists(socket())) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            closing.join();
            asking.join();
            assertEquals("waited", answer.toString());
            assertEquals(0, sessionsClosed.getCount());
            assertThrows(IOException.class, () -> connection.ask("hello"));
        }
    }

    private static String ask(ControlConnection connection, String word) {
        try {
            return connection.ask(word);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void close(ControlServer server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseASocketThatADaemonListensOn() throws IOException {
        try (ControlServer server = open()) {
            assertTrue(assertThrows(IOException.class, this::open).getMessage().contains("another daemon"));
            assertTrue(Files.exists(server.path()));
        }
    }

    @Test
    void shouldReplaceTheSocketOfADaemonThatDied() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertTrue(ControlConnection.find(socket()).isEmpty());
        try (ControlServer server = open();
                ControlConnection connection = ControlConnection.open(server.path())) {
            assertEquals("1 [hello]", connection.ask("hello"));
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        assertTrue(ControlConnection.find(socket()).isEmpty());
        assertThrows(IOException.class, () -> ControlConnection.open(socket()));
    }

    @Test
    void shouldSayThatThePathIsTooLong() {
        Path path = directory.resolve("x".repeat(120));
        assertTrue(assertThrows(IOException.class, () -> ControlServer.open(path, Parrot::new))
                .getMessage()
                .contains("107"));
        assertFalse(Files.exists(path));
    }
}
