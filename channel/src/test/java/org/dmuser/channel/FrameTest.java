package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameTest {
    @TempDir
    private Path directory;

    private ServerSocketChannel server;
    private SocketChannel near;
    private SocketChannel far;

    @BeforeEach
    void connect() throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
        near = ControlSocket.connect(directory.resolve("socket"));
        far = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
        server.close();
    }

    @Test
    void shouldCarryAnyWords() throws IOException {
        List<String> words = List.of("create", "", "Grüße, 東京", "line 1\nline 2");
        Frame.write(near, words);
        Frame.write(near, List.of());
        assertEquals(words, Frame.read(far));
        assertEquals(List.of(), Frame.read(far));
    }

    @Test
    void shouldReturnNullAtTheEnd() throws IOException {
        near.close();
        assertNull(Frame.read(far));
    }

    @Test
    void shouldFailWhereTheEndIsInTheMiddle() throws IOException {
        near.write(ByteBuffer.allocate(6).putInt(1).putShort((short) 0).flip());
        near.close();
        assertThrows(EOFException.class, () -> Frame.read(far));
    }

    @Test
    void shouldRefuseNonsenseBeforeItAllocates() throws IOException {
        near.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
        assertThrows(IOException.class, () -> Frame.read(far));
        Frame.write(near, List.of());
        near.write(ByteBuffer.allocate(8).putInt(1).putInt(-5).flip());
        assertEquals(List.of(), Frame.read(far));
        assertThrows(IOException.class, () -> Frame.read(far));
    }

    @Test
    void shouldSayHowToStartAServiceWhereThereIsNone() {
        AttachException refused =
                assertThrows(AttachException.class, () -> ControlSocket.connect(directory.resolve("nothing")));
        assertEquals(
                "no dmuser service is running at " + directory.resolve("nothing") + ": start one with 'dmuser serve'",
                refused.getMessage());
    }
}
