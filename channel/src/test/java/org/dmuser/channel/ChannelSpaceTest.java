package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ChannelSpaceTest {
    @Test
    void shouldGetSmallerPiecesWhereThereIsNoMemoryForLargeOnes() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("2m")) {
            ChannelSpace space = open(memory.directory());
            assertEquals(Errno.ENOSPC, space.cover(1, ChannelFileDescriptor.SLOT_LENGTH));
            assertEquals(Errno.OK, space.cover(1, 4096));
            space.retire(0);
        }
    }

    @Test
    void shouldAskAgainAtOnceWhenMemoryWasGivenBack() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("3m")) {
            ChannelSpace space = open(memory.directory());
            assertEquals(Errno.OK, space.cover(1, ChannelFileDescriptor.SLOT_LENGTH));
            assertEquals(Errno.ENOSPC, space.cover(2, ChannelFileDescriptor.SLOT_LENGTH));
            space.trim(() -> {
                space.uncover(1);
                return 1L << 1;
            });
            assertFalse(space.covers(1, 1));
            assertEquals(Errno.OK, space.cover(2, ChannelFileDescriptor.SLOT_LENGTH));
            space.retire(0);
        }
    }

    private static ChannelSpace open(Path directory) throws Exception {
        Path file = directory.resolve("channel");
        ChannelFile.createEmpty(file);
        return ChannelSpace.open(file);
    }
}
