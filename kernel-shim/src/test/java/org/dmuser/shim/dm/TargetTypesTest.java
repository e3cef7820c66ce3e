package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Target types of others: classes that the test compiles, in a directory of their own. */
class TargetTypesTest {
    private static final String SOURCE = """
            public class %s implements org.dmuser.shim.dm.TargetType {
                %s
                @Override
                public String name() {
                    return "%s";
                }

                @Override
                public String version() {
                    return "%s";
                }

                @Override
                public org.dmuser.shim.dm.Target create(
                        org.dmuser.shim.dm.TargetContext context, java.util.List<String> arguments) {
                    return null;
                }
            }
            """;

    @TempDir
    Path directory;

    private void compile(String className, String member, String name, String version) throws IOException {
        Path source = Files.writeString(
                directory.resolve(className + ".java"), SOURCE.formatted(className, member, name, version));
        List<String> arguments = new ArrayList<>(List.of("-d", directory.toString(), "-proc:none", source.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
    }

    private TargetTypes load(String... listed) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(TargetType.class.getName()), List.of(listed));
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            return TargetTypes.load(loader);
        }
    }

    private String refusal(String... listed) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> load(listed)).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @Test
    void shouldFindTypesOfOthersBesideItsOwn() throws Exception {
        compile("Fine", "", "fifteen-letters", "1.2.3");

        TargetTypes types = load("Fine");

        assertEquals("1.2.3", types.find("fifteen-letters").version());
        assertEquals("linear", types.find("linear").name());
    }

    @ParameterizedTest
    @CsvSource({
        "linear, 1.0.0, target type \"linear\" exists twice",
        "sixteen--letters, 1.0.0, has a name of 16 bytes: at most 15 are possible",
        "eight-\u00e4\u00f6\u00fc\u00e4\u00f6, 1.0.0, has a name of 16 bytes",
        "two words, 1.0.0, is called \"two words\": a name is one word",
        "'', 1.0.0, is called \"\": a name is one word",
        "fine, 1.0, has the version \"1.0\": write three numbers",
    })
    void shouldRefuseNamesAndVersionsThatCannotBe(String name, String version, String problem) throws Exception {
        compile("Bad", "", name, version);

        String refusal = refusal("Bad");

        assertTrue(refusal.contains(problem) && refusal.contains("Bad"), refusal);
    }

    @Test
    void shouldRefuseClassesThatCannotBeLoaded() throws Exception {
        compile("Throws", "public Throws() { throw new IllegalStateException(\"not today\"); }", "a", "1.0.0");
        compile("Breaks", "static { if (true) throw new IllegalStateException(\"never\"); }", "a", "1.0.0");
        Files.write(directory.resolve("Junk.class"), new byte[100]);

        assertNames("Missing", "Missing");
        assertNames("not today", "Throws");
        assertNames("never", "Breaks");
        assertNames("Junk", "Junk");
        assertNames("not a subtype", "org.agrona.LangUtil");
        assertNames("Illegal configuration-file syntax", "not a class name");
    }

    private void assertNames(String expected, String listed) {
        String refusal = refusal(listed);
        assertTrue(refusal.contains(expected), refusal);
    }

    @Test
    void shouldRefuseAClassPathWithoutTypes() {
        assertEquals(
                "there is no target type on the class path: list the classes in a file"
                        + " META-INF/services/org.dmuser.shim.dm.TargetType",
                refusal());
    }
}
