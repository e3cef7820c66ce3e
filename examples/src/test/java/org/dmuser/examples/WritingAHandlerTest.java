package org.dmuser.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.dmuser.channel.DirectChannel;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.dispatch.HandlerDispatcher;
import org.dmuser.sdk.registry.Handlers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles and runs what {@code docs/writing-a-handler.md} shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WritingAHandlerTest {
    private static final Path PAGE = Path.of("..", "docs", "writing-a-handler.md");
    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^public (?:class|record) (\\w+)", Pattern.MULTILINE);
    private static final int SIZE = 1 << 20;

    @TempDir
    static Path directory;

    private final List<String> names = new ArrayList<>();

    @BeforeAll
    void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:all", "-Werror", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")));
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        while (blocks.find()) {
            Matcher type = TYPE.matcher(blocks.group(1));
            assertTrue(type.find(), "a block of Java that is no class");
            names.add(type.group(1));
            arguments.add(Files.writeString(directory.resolve(type.group(1) + ".java"), blocks.group(1))
                    .toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, status, "what the page shows does not compile");
    }

    @Test
    void shouldBeginWithACompleteHandler() {
        assertEquals("ArrayDisk", names.get(0));
        assertEquals(5, names.size());
    }

    Stream<List<String>> handlers() throws IOException {
        Path image = Files.write(directory.resolve("disk.img"), new byte[SIZE + 4096]);
        return Stream.of(List.of("ArrayDisk"), List.of("ImageDisk", "path=" + image, "skip=4k"), List.of("PooledDisk"));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void shouldServe(List<String> words) throws Exception {
        List<String> reports = new ArrayList<>();
        MessageQueue queue = new MessageQueue();
        try (Handlers handlers = Handlers.load(directory.toString())) {
            Handler handler = handlers.create(words.get(0), words.subList(1, words.size()), List.of());
            try (HandlerDispatcher dispatcher =
                    HandlerDispatcher.open(words.get(0), handler, new DeviceInfo("disk", SIZE, false), reports::add)) {
                DirectChannel.open(queue, dispatcher, e -> reports.add(e.toString()));
                ByteBuffer written =
                        ByteBuffer.allocateDirect(4096).putLong(0, 42).putLong(4088, 43);
                assertEquals(Errno.OK, submit(queue, RequestType.WRITE, written));
                assertEquals(Errno.OK, submit(queue, RequestType.FLUSH, null));
                ByteBuffer read = ByteBuffer.allocateDirect(4096);
                assertEquals(Errno.OK, submit(queue, RequestType.READ, read));
                assertEquals(written.clear(), read.clear());
                assertEquals(Errno.EOPNOTSUPP, submit(queue, RequestType.DISCARD, null));
            }
        }
        queue.destroy();
        assertEquals(List.of(), reports);
    }

    @Test
    void shouldPassItsOwnCheck() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(
                new java.net.URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass("ArrayDiskCheck").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    private static Errno submit(MessageQueue queue, RequestType type, ByteBuffer data) throws Exception {
        CompletableFuture<Errno> status = new CompletableFuture<>();
        Message message = new Message((ended, errno) -> status.complete(errno));
        queue.submit(message.prepare(type, 0, 8, type == RequestType.FLUSH ? 0 : 4096, data));
        return status.get(120, TimeUnit.SECONDS);
    }
}
