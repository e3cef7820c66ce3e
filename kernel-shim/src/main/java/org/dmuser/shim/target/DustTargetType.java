package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link DustTarget}s, of {@code <device> <offset> <bytes of a block>}. */
public final class DustTargetType implements TargetType {
    private static final long BLOCK_SECTORS_MAX = 1 << 21;

    @Override
    public String name() {
        return "dust";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        Arguments arguments = new Arguments(context, words);
        arguments.expect(3, "dust <device> <offset> <block size>");
        // The kernel checks the last one first.
        long blockBytes = blockBytes(words.get(2), context.length());
        String device = arguments.word("Invalid device");
        long offset = arguments.sector("Invalid device offset sector");
        return new DustTarget(LinearMap.of(context, open(arguments, device), offset), blockBytes);
    }

    private static long blockBytes(String word, long targetSectors) throws DmException {
        long bytes = Arguments.number(word, 1, Arguments.UINT_MAX, "Invalid block size parameter");
        if (bytes < Bio.SECTOR_SIZE) {
            throw Arguments.invalid("Block size must be at least 512, not " + bytes);
        }
        if (Long.bitCount(bytes) != 1) {
            throw Arguments.invalid("Block size must be a power of 2, which " + bytes + " is not");
        }
        long sectorsMax = Math.min(targetSectors, BLOCK_SECTORS_MAX);
        if (bytes >>> Bio.SECTOR_SHIFT > sectorsMax) {
            throw Arguments.invalid("Block size is too large: " + bytes + " bytes, where at most "
                    + (sectorsMax << Bio.SECTOR_SHIFT) + " are possible");
        }
        return bytes;
    }

    /** Whatever the reason why it cannot be opened: EINVAL. */
    private static OpenDevice open(Arguments arguments, String device) throws DmException {
        try {
            return arguments.open(device);
        } catch (DmException e) {
            throw new DmException(Errno.EINVAL, e.getMessage(), e);
        }
    }
}
