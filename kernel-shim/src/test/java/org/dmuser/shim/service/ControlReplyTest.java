package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.dmuser.channel.AttachReply;
import org.junit.jupiter.api.Test;

final class ControlReplyTest {
    @Test
    void shouldComeBackFromItsFrame() throws IOException {
        for (ControlReply reply : List.of(
                ControlReply.ok(""),
                ControlReply.ok("a\nb\n"),
                ControlReply.failed("no"),
                new ControlReply("a\n", List.of("x", "y")))) {
            assertEquals(reply, ControlReply.parse(reply.frame()));
        }
    }

    @Test
    void shouldUnderstandARefusal() throws IOException {
        assertEquals(ControlReply.failed("full"), ControlReply.parse(AttachReply.refusal("full")));
    }

    @Test
    void shouldRefuseAnythingElse() {
        for (List<String> frame : List.of(List.<String>of(), List.of("done"), List.of("channel", "a", "b", "1"))) {
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
