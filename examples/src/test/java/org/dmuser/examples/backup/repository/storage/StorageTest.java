package org.dmuser.examples.backup.repository.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.storage.FaultyProxy.Fault;
import org.dmuser.sdk.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both storages promise, and what becomes of S3's when the server or the way to it is bad. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageTest {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    private Path directory;

    private S3Server server;
    private FaultyProxy proxy;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        server = S3Server.start(directory);
        proxy = new FaultyProxy(server.port());
        // The first requests take seconds of processor time, for the classes of the SDK and of the server.
        try (Storage storage = Storages.open(s3(""))) {
            storage.put("first", bytes("x"));
            storage.read("first");
            storage.list("none");
        }
    }

    @AfterAll
    void stop() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private String s3(String options) {
        proxy.faults(line -> Fault.NONE);
        return "s3://bucket/p" + PREFIXES.incrementAndGet() + "?endpoint=http://127.0.0.1:" + proxy.port() + options;
    }

    private Stream<String> storages() {
        return Stream.of(directory.resolve("local" + PREFIXES.incrementAndGet()).toString(), s3(""));
    }

    @ParameterizedTest
    @MethodSource("storages")
    void shouldKeepObjectsWhole(String url) throws IOException {
        try (Storage storage = Storages.open(url)) {
            storage.create(List.of("a", "b"));
            assertEquals(List.of(), storage.list("a"));
            assertThrows(NoSuchFileException.class, () -> storage.read("a/x"));
            storage.put("a/x", bytes("one"));
            storage.put("a/x", bytes("another"));
            storage.putTransient("b/y", bytes(""));
            storage.sync();
            assertEquals("another", text(storage.read("a/x")));
            assertEquals(0, storage.read("b/y").remaining());
            StoredObject listed = storage.list("a").get(0);
            assertEquals("x", listed.name());
            assertEquals(7, listed.size());
            assertEquals(1, storage.list("b").size());
            storage.delete("a/x");
            storage.delete("a/x");
            assertEquals(List.of(), storage.list("a"));
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void shouldReadParts(String url) throws IOException {
        try (Storage storage = Storages.open(url)) {
            storage.create(List.of("a"));
            storage.put("a/x", bytes("0123456789"));
            for (ByteBuffer part : List.of(ByteBuffer.allocate(4), ByteBuffer.allocateDirect(4))) {
                storage.read("a/x", 3, part);
                assertEquals("3456", text(part.flip()));
            }
            assertThrows(EOFException.class, () -> storage.read("a/x", 8, ByteBuffer.allocate(4)));
            assertThrows(EOFException.class, () -> storage.read("a/x", 20, ByteBuffer.allocate(4)));
            assertThrows(NoSuchFileException.class, () -> storage.read("a/y", 0, ByteBuffer.allocate(4)));
        }
    }

    @ParameterizedTest
    @MethodSource("storages")
    void shouldNameAnUploadAtItsEnd(String url) throws IOException {
        try (Storage storage = Storages.open(url)) {
            storage.create(List.of("a"));
            try (Upload upload = storage.upload()) {
                upload.write(4, bytes("4567"));
                upload.write(0, bytes("0123"));
                assertEquals(List.of(), storage.list("a"));
                upload.complete("a/x");
            }
            assertEquals("01234567", text(storage.read("a/x")));
            try (Upload upload = storage.upload()) {
                upload.write(0, bytes("0123"));
            }
            assertEquals(1, storage.list("a").size());
        }
    }

    @Test
    void shouldListMoreThanOnePage() throws IOException {
        try (Storage storage = new S3Storage(S3Url.parse(s3("")), 3, StopRequest.NEVER)) {
            for (int i = 0; i < 8; i++) {
                storage.put("many/" + i, bytes("x"));
            }
            assertEquals(
                    List.of("0", "1", "2", "3", "4", "5", "6", "7"),
                    storage.list("many").stream().map(StoredObject::name).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTryAgainWhateverHappensOnce(Fault fault) throws IOException {
        // Where nothing comes, some seconds are waited for it, so that is done to what is written and read first only.
        boolean takesTime = fault == Fault.ANSWER_STALLED;
        String patience = takesTime ? "&timeout=5&attempts=50" : "&attempts=50";
        try (Storage storage = Storages.open(s3(patience))) {
            byte[] content = new byte[300_000];
            content[299_999] = 1;
            AtomicInteger requests = new AtomicInteger();
            proxy.faults(line -> {
                int request = requests.getAndIncrement();
                return request % 2 == 0 && (request < 4 || !takesTime) ? fault : Fault.NONE;
            });
            storage.put("a/x", ByteBuffer.wrap(content));
            assertEquals(ByteBuffer.wrap(content), storage.read("a/x"));
            ByteBuffer part = ByteBuffer.allocate(200_000);
            storage.read("a/x", 100_000, part);
            assertEquals(ByteBuffer.wrap(content, 100_000, 200_000), part.flip());
            assertEquals(1, storage.list("a").size());
            storage.delete("a/x");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "ANSWER_IN_PIECES"})
    void shouldSayWhatFailedWhenItDoesSoEveryTime(Fault fault) throws IOException {
        String place = s3("");
        try (Storage storage = Storages.open(place)) {
            storage.put("a/x", ByteBuffer.allocate(100_000));
        }
        String url = place + "&attempts=2&timeout=1";
        try (Storage storage = Storages.open(url)) {
            proxy.faults(line -> fault);
            ByteBuffer content = ByteBuffer.allocate(100_000);
            String message = assertThrows(IOException.class, () -> storage.read("a/x", 0, content))
                    .getMessage();
            String start = "repository " + url + ": reading a/x failed 2 times, the last time with: ";
            assertTrue(message.startsWith(start), message);
            assertTrue(message.length() >= start.length() + 10, message);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithBucketOrCredentials() throws IOException {
        String url = s3("").replace("//bucket/", "//nowhere/");
        try (Storage storage = Storages.open(url)) {
            String none = "repository " + url + ": there is no bucket nowhere; make it first";
            assertEquals(
                    none,
                    assertThrows(IOException.class, () -> storage.create(List.of()))
                            .getMessage());
            assertEquals(
                    none,
                    assertThrows(IOException.class, () -> storage.put("x", bytes("x")))
                            .getMessage());
        }
        System.setProperty("aws.secretAccessKey", "wrong");
        try (Storage storage = Storages.open(s3(""))) {
            String message =
                    assertThrows(IOException.class, () -> storage.list("a")).getMessage();
            assertTrue(message.contains(": listing a was refused: status 403 "), message);
        } finally {
            System.setProperty("aws.secretAccessKey", "secret");
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        String url = "s3://bucket/p?endpoint=http://127.0.0.1:1&attempts=1";
        try (Storage storage = Storages.open(url)) {
            String message =
                    assertThrows(IOException.class, () -> storage.list("a")).getMessage();
            assertTrue(message.contains("Connection refused"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3://b?endpoint=localhost",
                "s3://b?attempts=0",
                "s3://b?timeout=x",
                "s3://b?what=1",
                "s3://b?endpoint"
            })
    void shouldRefuseUrlsThatCannotBe(String url) {
        assertTrue(assertThrows(ConfigException.class, () -> Storages.open(url))
                .getMessage()
                .startsWith("'" + url + "'"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
