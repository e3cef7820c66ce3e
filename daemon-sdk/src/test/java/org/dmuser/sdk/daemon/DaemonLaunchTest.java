package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.channel.AttachException;
import org.dmuser.sdk.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What keeps a daemon from being launched. */
class DaemonLaunchTest {
    private final DaemonRig rig = new DaemonRig();

    @Test
    void shouldSayWhatAContextLacks() {
        assertLacks("a daemon needs the device to attach to", new DaemonContext());
        assertLacks("a daemon needs a handler", new DaemonContext().device("d"));
        assertLacks(
                "a daemon needs the control socket of a service",
                new DaemonContext().device("d").handler("test", rig.handler));
        assertLacks("0 channels; ask for 1 to 64", rig.context(rig.handler).channels(0));
        assertLacks("65 channels; ask for 1 to 64", rig.context(rig.handler).channels(65));
        assertThrows(
                ConfigException.class,
                () -> rig.context(rig.handler)
                        .retry(Duration.ZERO, Duration.ZERO)
                        .conclude());
        DaemonContext once = rig.context(rig.handler).conclude();
        assertThrows(IllegalStateException.class, once::conclude);
    }

    @Test
    void shouldSayThatThereIsNoService() {
        DaemonContext context =
                new DaemonContext().device("d").handler("test", rig.handler).controlSocket(Path.of("/nowhere/control"));
        IOException e = assertThrows(IOException.class, () -> BlockDaemon.launch(context));
        assertEquals(1, e.getMessage().lines().count());
        assertTrue(e.getMessage().contains("/nowhere"), e.getMessage());
    }

    @Test
    void shouldLeaveNothingWhenItCannotAttach() throws Exception {
        rig.willAttach(DaemonRig.newLink());
        rig.willFail(new AttachException("no service at /run/x"));
        IOException e = assertThrows(
                IOException.class,
                () -> BlockDaemon.launch(rig.context(rig.handler).channels(2)));
        assertEquals("no service at /run/x", e.getMessage());
        assertEquals(0, rig.link().closed.getCount());
        assertEquals(List.of("close"), rig.handler.calls);
    }

    @Test
    void shouldLeaveNothingWhenTheHandlerDoesNotFit() throws Exception {
        TestHandler small = new TestHandler() {
            @Override
            public long size() {
                return 512;
            }
        };
        IOException e = assertThrows(IOException.class, () -> rig.launch(rig.context(small)));
        assertEquals(
                "handler test cannot serve device disk: it holds 512 bytes, and the device has 1 MiB", e.getMessage());
        assertEquals(0, rig.link().closed.getCount());
        assertEquals(List.of("close"), small.calls);
    }

    private static void assertLacks(String message, DaemonContext context) {
        assertEquals(
                message, assertThrows(ConfigException.class, context::conclude).getMessage());
    }
}
