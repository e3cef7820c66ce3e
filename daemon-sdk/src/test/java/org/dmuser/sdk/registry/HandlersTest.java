package org.dmuser.sdk.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.Request;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class HandlersTest {
    private static final String HERE = HandlersTest.class.getName();

    private final Handlers handlers = Handlers.load("");

    @TempDir
    private Path directory;

    @BeforeEach
    void forget() {
        Plain.closed = 0;
    }

    @AfterEach
    void close() {
        handlers.close();
    }

    @Test
    void shouldListWhatThereIs() {
        assertEquals(
                List.of("testing"),
                handlers.handlers().stream().map(HandlerProvider::name).collect(Collectors.toList()));
        assertEquals(
                List.of("delay", "error", "log", "rate"),
                handlers.filters().stream().map(FilterProvider::name).collect(Collectors.toList()));
        assertEquals(List.of(), handlers.problems());
    }

    @Test
    void shouldMakeAHandlerByName() {
        assertInstanceOf(Plain.class, create("testing"));
    }

    @Test
    void shouldMakeAHandlerByClassName() {
        assertInstanceOf(Plain.class, create(HERE + "$Plain"));
        assertInstanceOf(Async.class, create(HERE + "$Async"));
        Configured made = (Configured) create(HERE + "$Configured", "size=4k");
        assertEquals(4096, made.size);
    }

    @Test
    void shouldSuggestANameThatIsNear() {
        assertEquals(
                "unknown handler 'tseting'; did you mean testing? "
                        + "(there are testing, or write the full name of a class on the class path)",
                failure("tseting"));
        assertTrue(failure("memory").startsWith("unknown handler 'memory' (there are testing,"));
        assertTrue(failure("").startsWith("unknown handler '' (there are testing,"));
    }

    @Test
    void shouldSayWhatIsWrongWithAClass() {
        assertEquals(
                "handler java.lang.String: it is neither a BlockHandler nor an AsyncBlockHandler",
                failure("java.lang.String"));
        assertEquals(
                "handler " + HERE + "$Choosy: it has no public constructor that takes a HandlerConfig or nothing",
                failure(HERE + "$Choosy"));
        assertEquals("handler " + HERE + "$Unborn cannot be made: InstantiationException", failure(HERE + "$Unborn"));
        assertEquals(
                "handler " + HERE + "$Failing cannot be made: IllegalStateException: no head",
                failure(HERE + "$Failing"));
        assertEquals(
                "handler " + HERE + "$Stillborn cannot be made: ArithmeticException: / by zero",
                failure(HERE + "$Stillborn"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheConfiguration() {
        assertEquals(
                "handler testing: unknown key 'dont'; it knows do=TEXT (what to do; default work)",
                failure("testing", "dont=x"));
        assertEquals("handler testing: 'x' is not key=value", failure("testing", "x"));
        assertEquals(
                "handler " + HERE + "$Configured: size is missing; give size=SIZE (how large)",
                failure(HERE + "$Configured"));
    }

    @Test
    void shouldCloseAHandlerThatDidNotAskForAKey() {
        assertEquals(
                "handler " + HERE + "$Plain: unknown key 'size'; it takes none", failure(HERE + "$Plain", "size=1"));
        assertEquals(1, Plain.closed);
    }

    @Test
    void shouldMakeOneLineOfWhateverAProviderThrows() {
        assertEquals("handler testing cannot be made: no such disk", failure("testing", "do=throw-io"));
        assertEquals("handler testing: do: not like this", failure("testing", "do=throw-config"));
        assertEquals(
                "handler testing cannot be made: NoClassDefFoundError: missing/Thing",
                failure("testing", "do=throw-error"));
        assertEquals("handler testing cannot be made: its provider returned null", failure("testing", "do=nothing"));
    }

    @Test
    void shouldPutFiltersInFrontTheOutermostFirst() throws IOException {
        Path outerLog = directory.resolve("outer");
        Path innerLog = directory.resolve("inner");
        BlockHandler made = (BlockHandler) handlers.create(
                "testing",
                List.of(),
                List.of("log:file=" + outerLog, "error:rate=100%", "log:file=" + innerLog, "delay"));
        assertThrows(IOException.class, made::flush);
        made.close();
        assertEquals(2, Files.readAllLines(outerLog).size());
        assertEquals(1, Files.readAllLines(innerLog).size());
        assertEquals(1, Plain.closed);
    }

    @Test
    void shouldCloseTheHandlerIfAFilterCannotBeMade() {
        assertFilterFails("unknown filter 'dealy'; did you mean delay? (there are delay, error, log, rate)", "dealy");
        assertFilterFails("filter delay: 'x' is not key=value", "delay:x");
        assertFilterFails("filter delay: '' is not key=value", "delay:read=1s,");
        assertFilterFails("filter rate: rate is missing; give rate=SIZE (bytes read and written in a second)", "rate");
        assertFilterFails(
                "filter log cannot be made: /nowhere/log: no such file or directory", "log:file=/nowhere/log");
        assertFilterFails("unknown filter '' (there are delay, error, log, rate)", "");
        assertEquals(6, Plain.closed);
    }

    @Test
    void shouldCloseTheFiltersMadeBeforeOneThatCannotBe() throws IOException {
        Path log = directory.resolve("log");
        assertThrows(
                ConfigException.class,
                () -> handlers.create("testing", List.of(), List.of("nosuch", "delay", "log:file=" + log)));
        assertEquals(List.of("close"), Files.readAllLines(log));
        assertEquals(1, Plain.closed);
    }

    @Test
    void shouldNotFilterAnAsynchronousHandler() {
        ConfigException e = assertThrows(
                ConfigException.class, () -> handlers.create(HERE + "$Async", List.of(), List.of("delay")));
        assertEquals(
                "handler " + HERE + "$Async is asynchronous, and filters work only on a BlockHandler", e.getMessage());
    }

    @Test
    void shouldRefuseAClassPathThatIsNotThere() throws IOException {
        Path text = Files.writeString(directory.resolve("notes.txt"), "");
        assertClassPathFails("class path: /nowhere.jar does not exist", "/nowhere.jar");
        assertClassPathFails("class path: " + text + " is neither a directory nor a .jar", text.toString());
        assertClassPathFails(
                "class path '" + directory + ":' has an empty part; write jars and directories with ':'",
                directory + ":");
    }

    @Test
    void shouldFindHandlersOnAnExtraClassPath() throws IOException {
        compile("Mine", "public class Mine extends " + HERE + ".Plain {}");
        compile(
                "Provider",
                "public class Provider implements org.dmuser.sdk.HandlerProvider {"
                        + " public String name() { return \"mine\"; }"
                        + " public String description() { return \"mine\"; }"
                        + " public org.dmuser.sdk.Handler create(org.dmuser.sdk.config.HandlerConfig c) {"
                        + " return new Mine(); } }");
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(HandlerProvider.class.getName()), "Gone\nProvider\n");
        try (Handlers extended = Handlers.load(directory.toString())) {
            assertEquals(
                    "Mine",
                    extended.create("Mine", List.of(), List.of()).getClass().getName());
            assertEquals(
                    "Mine",
                    extended.create("mine", List.of(), List.of()).getClass().getName());
            assertEquals(1, extended.problems().size());
            ConfigException e =
                    assertThrows(ConfigException.class, () -> extended.create("gone", List.of(), List.of()));
            assertTrue(e.getMessage().contains("there are mine, testing"), e.getMessage());
            assertTrue(e.getMessage().contains("not loaded: "), e.getMessage());
            assertTrue(e.getMessage().contains("Gone"), e.getMessage());
        }
    }

    @Test
    void shouldDoWithoutProvidersThatAreBroken() throws IOException {
        compileProvider("Fine", "return \"fine\";");
        compileProvider("Nameless", "return null;");
        compileProvider("Speechless", "throw new IllegalStateException(\"no word\");");
        compile("Base", "public abstract class Base implements " + HandlerProvider.class.getName() + " {}");
        compile("Orphan", "public abstract class Orphan extends Base {}");
        Files.delete(directory.resolve("Base.class"));
        compileProvider("Newer", "return \"newer\";");
        Path newer = directory.resolve("Newer.class");
        byte[] code = Files.readAllBytes(newer);
        code[7] = 99;
        Files.write(newer, code);
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(HandlerProvider.class.getName()), "Newer\nNameless\nOrphan\nSpeechless\nFine\n");
        try (Handlers extended = Handlers.load(directory.toString())) {
            assertEquals(
                    List.of("fine", "testing"),
                    extended.handlers().stream().map(HandlerProvider::name).toList());
            List<String> problems = extended.problems();
            assertEquals(4, problems.size(), problems::toString);
            assertTrue(problems.get(0).contains("UnsupportedClassVersionError: Newer"), problems::toString);
            assertEquals("Nameless has no name", problems.get(1));
            assertEquals("java.lang.NoClassDefFoundError: Base", problems.get(2));
            assertEquals(
                    "Speechless does not tell its name: java.lang.IllegalStateException: no word", problems.get(3));
        }
    }

    @Test
    void shouldNotListenForEverToALoaderThatRepeatsItself() {
        for (Error error : List.of(new ServiceConfigurationError("torn"), new NoClassDefFoundError("torn"))) {
            Providers<String> providers = new Providers<>(name -> name);
            providers.addAll(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    throw error;
                }

                @Override
                public String next() {
                    throw new AssertionError();
                }
            });
            assertEquals(1, providers.problems().size());
            assertEquals(List.of(), providers.byName());
        }
    }

    @Test
    void shouldSayThatAClassIsBroken() throws IOException {
        Files.write(directory.resolve("Junk.class"), new byte[] {1, 2, 3});
        try (Handlers extended = Handlers.load(directory.toString())) {
            ConfigException e =
                    assertThrows(ConfigException.class, () -> extended.create("Junk", List.of(), List.of()));
            assertTrue(e.getMessage().startsWith("handler Junk: the class cannot be loaded: "), e.getMessage());
        }
    }

    private void compileProvider(String type, String nameBody) throws IOException {
        compile(
                type,
                "public class " + type + " implements " + HandlerProvider.class.getName() + " {"
                        + " public String name() { " + nameBody + " }"
                        + " public String description() { return \"\"; }"
                        + " public org.dmuser.sdk.Handler create(org.dmuser.sdk.config.HandlerConfig c) {"
                        + " return null; } }");
    }

    private void compile(String name, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path") + ":" + directory;
        assertEquals(0, compiler.run(null, null, null, "-d", directory.toString(), "-cp", classPath, file.toString()));
    }

    private Handler create(String name, String... words) {
        return handlers.create(name, List.of(words), List.of());
    }

    private String failure(String name, String... words) {
        return assertThrows(ConfigException.class, () -> create(name, words)).getMessage();
    }

    private void assertFilterFails(String message, String spec) {
        ConfigException e = assertThrows(
                ConfigException.class, () -> handlers.create("testing", List.of(), List.of("delay", spec)));
        assertEquals(message, e.getMessage());
    }

    private static void assertClassPathFails(String message, String classPath) {
        assertEquals(
                message,
                assertThrows(ConfigException.class, () -> Handlers.load(classPath))
                        .getMessage());
    }

    /** Does nothing. */
    public static class Plain implements BlockHandler {
        static int closed;

        @Override
        public void read(long offset, ByteBuffer dst) {}

        @Override
        public void write(long offset, ByteBuffer src) {}

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed++;
        }
    }

    /** Takes a configuration, rather than nothing. */
    public static final class Configured extends Plain {
        private final long size;

        public Configured() {
            throw new AssertionError("the other one");
        }

        public Configured(HandlerConfig config) {
            size = config.value(ConfigKey.size("size", "how large"));
        }
    }

    /** Has no constructor one could call. */
    public static final class Choosy extends Plain {
        public Choosy(String name) {
            throw new AssertionError(name);
        }
    }

    /** Is abstract. */
    public abstract static class Unborn extends Plain {}

    /** Throws when it is made. */
    public static final class Failing extends Plain {
        public Failing() {
            throw new IllegalStateException("no head\nat all");
        }
    }

    /** Throws when its class is initialised. */
    public static final class Stillborn extends Plain {
        static final int WRONG = 1 / Plain.class.getInterfaces()[0].getTypeParameters().length;
    }

    /** Never ends a request. */
    public static final class Async implements AsyncBlockHandler {
        @Override
        public void submit(Request request) {}
    }
}
