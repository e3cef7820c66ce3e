package org.dmuser.sdk.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel of 10 bytes, each its own place, that cuts every transfer short after 3. */
class FileTransferTest {
    private final byte[] file = new byte[10];
    private final FileChannel channel = mock(FileChannel.class);

    @BeforeEach
    void transferThreeBytesAtMost() throws IOException {
        for (byte i = 0; i < file.length; i++) {
            file[i] = i;
        }
        when(channel.read(any(ByteBuffer.class), anyLong())).thenAnswer(call -> {
            ByteBuffer dst = call.getArgument(0);
            int offset = Math.toIntExact(call.getArgument(1));
            int count = Math.min(Math.min(3, dst.remaining()), file.length - offset);
            dst.put(file, offset, count);
            return count == 0 ? -1 : count;
        });
        when(channel.write(any(ByteBuffer.class), anyLong())).thenAnswer(call -> {
            ByteBuffer src = call.getArgument(0);
            int count = Math.min(3, src.remaining());
            src.get(file, Math.toIntExact(call.getArgument(1)), count);
            return count;
        });
    }

    @Test
    void shouldReadOnWhenATransferIsCutShort() throws IOException {
        ByteBuffer dst = ByteBuffer.allocate(8);

        FileTransfer.readFully("a file", channel, 1, dst);

        assertEquals(ByteBuffer.wrap(file, 1, 8), dst.flip());
    }

    @Test
    void shouldSayWhereAFileEndsThatIsTooShort() {
        ByteBuffer dst = ByteBuffer.allocate(8);

        EOFException e = assertThrows(EOFException.class, () -> FileTransfer.readFully("a file", channel, 4, dst));

        assertEquals("a file has become shorter: it ends before offset 10", e.getMessage());
    }

    @Test
    void shouldReadWhatThereIs() throws IOException {
        ByteBuffer dst = ByteBuffer.allocate(8);

        assertFalse(FileTransfer.read(channel, 4, dst));

        assertEquals(ByteBuffer.wrap(file, 4, 6), dst.flip());
    }

    @Test
    void shouldWriteOnWhenATransferIsCutShort() throws IOException {
        FileTransfer.writeFully(channel, 2, ByteBuffer.wrap(new byte[] {20, 21, 22, 23, 24}));

        assertEquals(ByteBuffer.wrap(new byte[] {0, 1, 20, 21, 22, 23, 24, 7, 8, 9}), ByteBuffer.wrap(file));
    }

    @Test
    void shouldTellThatTheDiskIsFull() throws IOException {
        when(channel.write(any(ByteBuffer.class), anyLong())).thenThrow(new IOException("No space left on device"));

        BlockException e =
                assertThrows(BlockException.class, () -> FileTransfer.writeFully(channel, 0, ByteBuffer.allocate(1)));

        assertEquals(Errno.ENOSPC, e.errno());
    }
}
