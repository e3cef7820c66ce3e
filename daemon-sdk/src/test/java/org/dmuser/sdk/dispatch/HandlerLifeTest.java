package org.dmuser.sdk.dispatch;

import static org.dmuser.sdk.dispatch.DispatchRig.DEVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.dmuser.sdk.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler is opened and closed by its dispatcher. */
class HandlerLifeTest {
    private final DispatchRig rig = new DispatchRig();

    @Test
    void shouldCloseAHandlerThatIsTooSmall() {
        RecordingHandler small = new RecordingHandler() {
            @Override
            public long size() {
                return 1 << 19;
            }
        };
        IOException e =
                assertThrows(IOException.class, () -> HandlerDispatcher.open("small", small, DEVICE, rig.reports::add));
        assertEquals(
                "handler small cannot serve device disk: it holds 512 KiB, and the device has 1 MiB", e.getMessage());
        assertEquals(List.of("close"), small.calls);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1 << 20, 1 << 21})
    void shouldTakeAHandlerThatIsLargeEnough(long size) throws IOException {
        HandlerDispatcher.open(
                        "test",
                        new RecordingHandler() {
                            @Override
                            public long size() {
                                return size;
                            }
                        },
                        DEVICE,
                        rig.reports::add)
                .close();
    }

    @Test
    void shouldCloseAHandlerWhoseOpenFails() {
        RecordingHandler closed = new RecordingHandler() {
            @Override
            public void open(DeviceInfo device) {
                throw new IllegalArgumentException("not today");
            }
        };
        IOException e =
                assertThrows(IOException.class, () -> HandlerDispatcher.open("t", closed, DEVICE, rig.reports::add));
        assertTrue(
                e.getMessage().startsWith("handler t cannot serve device disk: IllegalArgumentException: not today"));
        assertEquals(List.of("close"), closed.calls);
    }

    @Test
    void shouldNameAHandlerWhoseCloseFails() throws IOException {
        HandlerDispatcher dispatcher = HandlerDispatcher.open(
                "t",
                new RecordingHandler() {
                    @Override
                    public void close() throws IOException {
                        throw new IOException("stuck");
                    }
                },
                DEVICE,
                rig.reports::add);
        IOException e = assertThrows(IOException.class, dispatcher::close);
        assertEquals("handler t failed to close: IOException: stuck", e.getMessage());
    }
}
