package org.dmuser.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelfCommandTest {
    @Test
    void shouldEndWithTheMainClass() throws IOException {
        assertEquals(
                List.of("/j/bin/java", "-Xmx1g", "-cp", "a b.jar", "org.dmuser.cli.Dmuser"),
                SelfCommand.prefix("/j/bin/java\0-Xmx1g\0-cp\0a b.jar\0org.dmuser.cli.Dmuser\0ls\0"));
    }

    @Test
    void shouldEndWithTheJar() throws IOException {
        assertEquals(List.of("java", "-jar", "dmuser-cli.jar"), SelfCommand.prefix("java\0-jar\0dmuser-cli.jar\0ls\0"));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThrows(IOException.class, () -> SelfCommand.prefix("java\0Other\0"));
    }
}
