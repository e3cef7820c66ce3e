package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.dmuser.examples.file.FileHandler;
import org.dmuser.sdk.control.ControlServer;
import org.dmuser.sdk.control.ControlSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenOriginTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "another has begun: {0}")
    @ValueSource(booleans = {false, true})
    void shouldNotTakeAnotherMomentForItsOwnWhenItsOwnHasEnded(boolean anotherBegins) throws IOException {
        Path origin = Files.write(directory.resolve("disk.img"), new byte[SIZE]);
        Path path = directory.resolve("disk.tracking");
        FileHandler handler = FileHandler.of("origin", origin, false);
        TrackingFile tracking = TrackingFile.open(path, origin, SIZE);
        Moments moments = Moments.open(tracking, handler);
        ControlServer server =
                ControlServer.open(MomentSession.socket(path), () -> new TwoSessions(moments, anotherBegins));
        try {
            assertThrows(MomentBrokenException.class, () -> FrozenDevices.freeze(path, List.of()));
        } finally {
            server.close();
            tracking.abandon();
            handler.close();
        }
    }

    /** Ends a moment before the answer is out, as the death of the daemon does; then perhaps there is another one. */
    private static final class TwoSessions implements ControlSession {
        private final MomentSession asked;
        private final MomentSession other;
        private final boolean otherBegins;

        TwoSessions(Moments moments, boolean otherBegins) {
            this.asked = new MomentSession(moments);
            this.other = new MomentSession(moments);
            this.otherBegins = otherBegins;
        }

        @Override
        public String run(List<String> words) throws IOException {
            String answer = asked.run(words);
            asked.close();
            if (otherBegins) {
                other.run(words);
            }
            return answer;
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
