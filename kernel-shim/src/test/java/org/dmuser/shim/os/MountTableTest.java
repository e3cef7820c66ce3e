package org.dmuser.shim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountTableTest {
    @Test
    void shouldReadALineWhateverTheNumberOfItsTags() {
        assertEquals(
                List.of(
                        new MountEntry(39, "/run/dmuser/mapper/disk", "fuse.dmuser", "dmuser:disk", false),
                        new MountEntry(1, "/", "ext4", "/dev/vda1", true),
                        new MountEntry(22, "/sys", "sysfs", "none", false)),
                MountTable.parse(List.of(
                        "42 27 0:39 / /run/dmuser/mapper/disk rw,nosuid shared:7 master:1 propagate_from:2"
                                + " - fuse.dmuser dmuser:disk rw,user_id=0,max_read=131072",
                        "27 1 254:1 / / ro,relatime - ext4 /dev/vda1 rw",
                        "28 27 0:22 / /sys rw,nosuid unbindable - sysfs none ro")));
    }

    @Test
    void shouldUnescapeWhatTheKernelEscapes() {
        // As ISO-8859-1, which is how the file is read: the last letter is two bytes.
        MountEntry entry = MountTable.parse(List.of(
                        "42 27 0:39 / /a\\040b\\011c\\134d\\012e/\u00c3\u00bc rw - fuse dmuser:a\\040b\\134040 rw"))
                .get(0);
        assertEquals("/a b\tc\\d\ne/\u00fc", entry.mountPoint());
        assertEquals("dmuser:a b\\040", entry.source());
    }

    @Test
    void shouldLeaveAloneWhatIsNoEscape() {
        MountEntry entry = MountTable.parse(List.of("1 1 0:1 / /a\\04 rw - fuse b\\9991 rw"))
                .get(0);
        assertEquals("/a\\04", entry.mountPoint());
        assertEquals("b\\9991", entry.source());
    }

    @Test
    void shouldNameTheLineItCannotRead() {
        for (String line : List.of("", "1 2 3", "1 1 0:1 / / rw fuse x rw", "1 1 0:1 / / rw - fuse")) {
            var e = assertThrows(IllegalArgumentException.class, () -> MountTable.parse(List.of(line)));
            assertTrue(e.getMessage().endsWith(": " + line), e::getMessage);
        }
    }

    @Test
    void shouldKnowFuseByItsType() {
        assertTrue(new MountEntry(1, "/", "fuse", "", false).isFuse());
        assertTrue(new MountEntry(1, "/", "fuse.dmuser", "", false).isFuse());
        assertTrue(new MountEntry(1, "/", "fuseblk", "", false).isFuse());
        assertFalse(new MountEntry(1, "/", "fusectl", "", false).isFuse());
    }

    @Test
    void shouldFindTheTopmostMountOfThisMachine() throws IOException {
        assertEquals("/proc", MountTable.at(Path.of("/proc")).orElseThrow().mountPoint());
        assertTrue(MountTable.at(Path.of("/proc/self")).isEmpty());
    }
}
