package org.dmuser.cli.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.dmuser.cli.base.CliException;
import org.junit.jupiter.api.Test;

final class FileSystemTest {
    @Test
    void shouldRefuseWhatIsNoType() {
        for (String type : new String[] {"", "a b", "ext4;rm", "../ext4"}) {
            CliException e = assertThrows(CliException.class, () -> new FileSystem(type));
            assertEquals(CliException.USAGE, e.status());
        }
    }

    @Test
    void shouldSayThatThereIsNoProgramForIt() {
        CliException e = assertThrows(CliException.class, () -> new FileSystem("nosuch").requireProgram());
        assertEquals("--mkfs nosuch: there is no mkfs.nosuch on this machine; install it", e.getMessage());
    }
}
