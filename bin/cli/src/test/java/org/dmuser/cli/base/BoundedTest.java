package org.dmuser.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class BoundedTest {
    @Test
    void shouldAnswerWhatWasAnswered() throws Exception {
        assertEquals(Optional.of("a"), Bounded.call("test", Duration.ofSeconds(120), () -> "a"));
    }

    @Test
    void shouldThrowWhatWasThrown() {
        assertThrows(
                IOException.class,
                () -> Bounded.call("test", Duration.ofSeconds(120), () -> {
                    throw new IOException("a");
                }));
        assertThrows(
                CliException.class,
                () -> Bounded.call("test", Duration.ofSeconds(120), () -> {
                    throw new IllegalStateException("a");
                }));
    }

    @Test
    void shouldGiveUpWhatDoesNotComeBack() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Optional<String> answer = Bounded.call("test", Duration.ofMillis(20), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "a";
        });
        assertEquals(Optional.empty(), answer);
        never.countDown();
    }
}
