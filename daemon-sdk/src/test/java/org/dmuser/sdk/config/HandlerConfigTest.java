package org.dmuser.sdk.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dmuser.sdk.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HandlerConfigTest {
    private static final ConfigKey<String> STRING = ConfigKey.string("k", "a text");
    private static final ConfigKey<Long> SIZE = ConfigKey.size("k", "a size");
    private static final ConfigKey<Path> PATH = ConfigKey.path("k", "a path");
    private static final ConfigKey<Long> INTEGER = ConfigKey.integer("k", "a number", -3, 64);
    private static final ConfigKey<Double> PROBABILITY = ConfigKey.probability("k", "a probability");
    private static final ConfigKey<Duration> DURATION = ConfigKey.duration("k", "a time");
    private static final ConfigKey<Boolean> FLAG = ConfigKey.flag("k", "a flag");
    private static final ConfigKey<Operation> CHOICE = ConfigKey.choice("k", "an operation", Operation.class);

    static Stream<Arguments> shouldReadValues() {
        return Stream.of(
                arguments(STRING, "", ""),
                arguments(STRING, "a=b", "a=b"),
                arguments(SIZE, "1G", 1L << 30),
                arguments(PATH, "a/b c", Path.of("a/b c")),
                arguments(INTEGER, "-3", -3L),
                arguments(INTEGER, "64", 64L),
                arguments(PROBABILITY, "0", 0.0),
                arguments(PROBABILITY, "1", 1.0),
                arguments(PROBABILITY, ".5", 0.5),
                arguments(PROBABILITY, "25%", 0.25),
                arguments(PROBABILITY, "100%", 1.0),
                arguments(PROBABILITY, "1e-6", 1e-6),
                arguments(DURATION, "0", Duration.ZERO),
                arguments(DURATION, "100ns", Duration.ofNanos(100)),
                arguments(DURATION, "50us", Duration.ofNanos(50_000)),
                arguments(DURATION, "10ms", Duration.ofMillis(10)),
                arguments(DURATION, "2s", Duration.ofSeconds(2)),
                arguments(DURATION, "3min", Duration.ofMinutes(3)),
                arguments(FLAG, "true", true),
                arguments(FLAG, "YES", true),
                arguments(FLAG, "on", true),
                arguments(FLAG, "1", true),
                arguments(FLAG, "false", false),
                arguments(FLAG, "no", false),
                arguments(FLAG, "Off", false),
                arguments(FLAG, "0", false),
                arguments(CHOICE, "READ", Operation.READ),
                arguments(CHOICE, "write_zeroes", Operation.WRITE_ZEROES));
    }

    @ParameterizedTest
    @MethodSource
    void shouldReadValues(ConfigKey<?> key, String text, Object value) {
        assertEquals(value, config("k=" + text).value(key));
        assertEquals(value, config().value(key.orElse(text)));
    }

    static Stream<Arguments> shouldSayWhatIsWrongWithAValue() {
        return Stream.of(
                arguments(SIZE, "1GB", "'GB' is not a unit"),
                arguments(PATH, "", "'' is not a path"),
                arguments(PATH, "a\0b", "is not a path"),
                arguments(INTEGER, "-4", "write a whole number from -3 to 64"),
                arguments(INTEGER, "65", "write a whole number from -3 to 64"),
                arguments(INTEGER, "", "is not a whole number; write one from -3 to 64"),
                arguments(INTEGER, "1k", "is not a whole number"),
                arguments(INTEGER, "99999999999999999999", "is not a whole number"),
                arguments(PROBABILITY, "1.1", "0% to 100%"),
                arguments(PROBABILITY, "101%", "0% to 100%"),
                arguments(PROBABILITY, "-0.1", "0% to 100%"),
                arguments(PROBABILITY, "NaN", "0% to 100%"),
                arguments(PROBABILITY, "", "0% to 100%"),
                arguments(PROBABILITY, "%", "0% to 100%"),
                arguments(PROBABILITY, "1d", "0% to 100%"),
                arguments(DURATION, "10", "with ns, us, ms, s or min"),
                arguments(DURATION, "-1s", "with ns, us, ms, s or min"),
                arguments(DURATION, "1.5s", "with ns, us, ms, s or min"),
                arguments(DURATION, "10 ms", "with ns, us, ms, s or min"),
                arguments(DURATION, "1h", "with ns, us, ms, s or min"),
                arguments(DURATION, "999999999999min", "too long"),
                arguments(DURATION, "99999999999999999999s", "too long"),
                arguments(FLAG, "", "neither true nor false"),
                arguments(FLAG, "maybe", "neither true nor false"),
                arguments(CHOICE, "TRIM", "READ, WRITE, FLUSH, DISCARD, WRITE_ZEROES"));
    }

    @ParameterizedTest
    @MethodSource
    void shouldSayWhatIsWrongWithAValue(ConfigKey<?> key, String text, String complaint) {
        String message = failure(() -> config("k=" + text).value(key));
        assertTrue(message.startsWith("handler test: k: "), message);
        assertTrue(message.contains(complaint), message);
        assertTrue(message.contains(text), message);
        assertEquals(1, message.lines().count(), message);
    }

    @ParameterizedTest
    @MethodSource("shouldSayWhatIsWrongWithAValue")
    void shouldRefuseADefaultThatIsNoValue(ConfigKey<?> key, String text, String complaint) {
        assertThrows(ConfigException.class, () -> key.orElse(text));
    }

    @Test
    void shouldSayWhatARequiredKeyIsFor() {
        String message = failure(() -> config().value(SIZE));
        assertEquals("handler test: k is missing; give k=SIZE (a size)", message);
    }

    @Test
    void shouldFindNothingWhereNothingWasGiven() {
        assertEquals(Optional.empty(), config().find(PATH));
        assertEquals(Optional.of(Path.of("x")), config("k=x").find(PATH));
    }

    @Test
    void shouldRefuseWordsThatAreNotKeyAndValue() {
        assertEquals("handler test: 'disk.img' is not key=value", failure(() -> config("disk.img")));
        assertEquals("handler test: '=x' is not key=value", failure(() -> config("=x")));
        assertEquals("handler test: '' is not key=value", failure(() -> config("")));
    }

    @Test
    void shouldRefuseAKeyGivenTwice() {
        assertEquals("handler test: k is given twice, as 'a' and 'b'", failure(() -> config("k=a", "k=b")));
    }

    @Test
    void shouldListKnownKeysWhenOneIsUnknown() {
        HandlerConfig config = config("k=1", "siez=2");
        config.declare(List.of(ConfigKey.size("size", "how large").orElse("1G"), INTEGER));
        assertEquals(
                "handler test: unknown key 'siez'; it knows size=SIZE (how large; default 1G), k=-3..64 (a number)",
                failure(config::rejectUnknown));
    }

    @Test
    void shouldSayThatThereAreNoKeys() {
        assertEquals("handler test: unknown key 'k'; it takes none", failure(config("k=1")::rejectUnknown));
    }

    @Test
    void shouldKnowKeysThatWereAskedFor() {
        HandlerConfig config = config("k=1");
        config.find(SIZE);
        assertDoesNotThrow(config::rejectUnknown);
    }

    private static HandlerConfig config(String... words) {
        return HandlerConfig.of("handler test", List.of(words));
    }

    private static String failure(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(ConfigException.class, executable).getMessage();
    }
}
