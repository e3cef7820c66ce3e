package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.dmuser.channel.AttachReply;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.Test;

final class ControlReplyTest {
    @Test
    void shouldComeBackFromItsFrame() throws IOException {
        for (ControlReply reply : List.of(
                ControlReply.ok(List.of()),
                ControlReply.ok(List.of("a\nb\n", "")),
                ControlReply.failed(Errno.EBUSY, "no"),
                new ControlReply(Errno.EIO, List.of("a\n"), List.of("x", "y")))) {
            assertEquals(reply, ControlReply.parse(reply.frame()));
        }
    }

    @Test
    void shouldUnderstandARefusal() throws IOException {
        assertEquals(ControlReply.failed(Errno.EIO, "full"), ControlReply.parse(AttachReply.refusal("full")));
    }

    @Test
    void shouldRefuseAnythingElse() {
        for (List<String> frame : List.of(
                List.<String>of(),
                List.of("done"),
                List.of("done", "0", "1"),
                List.of("done", "x", "0"),
                List.of("channel", "a", "b", "1"))) {
            assertThrows(IOException.class, () -> ControlReply.parse(frame));
        }
    }

    @Test
    void shouldFindCommandsByTheirWords() {
        for (ControlCommand command : ControlCommand.values()) {
            assertEquals(command, ControlCommand.of(command.word()));
        }
        assertNull(ControlCommand.of("frobnicate"));
    }
}
