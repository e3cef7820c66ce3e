package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;

/** A handler that writes down its calls, and what a dispatcher reports of it. */
final class DispatchRig {
    static final long SECTORS = 2048;
    static final DeviceInfo DEVICE = new DeviceInfo("disk", SECTORS * 512, false);

    final RecordingHandler handler = new RecordingHandler();
    final List<String> reports = new CopyOnWriteArrayList<>();

    /** Has {@code target} serve one message, as the handler of {@link #DEVICE}. */
    void send(BlockHandler target, FakeMessage message) throws IOException {
        open(target).onMessage(message);
    }

    /** A dispatcher for {@code target}, called test, as the handler of {@link #DEVICE}. */
    HandlerDispatcher open(BlockHandler target) throws IOException {
        return HandlerDispatcher.open("test", target, DEVICE, reports::add);
    }

    /** There was one report, of one line, with all of that in it. */
    void assertReported(String... parts) {
        assertEquals(1, reports.size(), reports::toString);
        assertEquals(1, reports.get(0).lines().count(), reports::toString);
        for (String part : parts) {
            assertTrue(reports.get(0).contains(part), reports::toString);
        }
    }
}
