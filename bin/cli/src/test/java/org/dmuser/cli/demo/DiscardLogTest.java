package org.dmuser.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscardLogTest {
    @Test
    void shouldCountDiscardsThatWentWell(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("log");
        Files.writeString(file, """
                open DeviceInfo[name=disk, size=1048576, readOnly=false]
                write offset=0 length=4096 us=12: ok
                discard offset=4096 length=8192 us=3: ok
                discard offset=0 length=512 us=3: java.io.IOException: no
                """);
        DiscardLog first = DiscardLog.read(file);
        assertEquals(new DiscardLog(1, 8192), first);
        Files.writeString(file, Files.readString(file) + "discard offset=0 length=512 us=1: ok\n");
        assertEquals(new DiscardLog(1, 512), DiscardLog.read(file).since(first));
    }
}
