package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;

/**
 * {@code dust}: a disk with bad blocks, which a write repairs, some only after it has failed for a number of times.
 * Blocks are numbered on the device below, and are as good as any other until the target is told to {@code enable}
 * failures.
 */
final class DustTarget implements Target {
    private final LinearMap map;
    private final long blockBytes;
    private final int blockShift;
    private final BadBlocks badBlocks = new BadBlocks();
    private final DustMessages messages;

    /** @param blockBytes a power of two, at least a sector */
    DustTarget(LinearMap map, long blockBytes) {
        this.map = map;
        this.blockBytes = blockBytes;
        this.blockShift = Long.numberOfTrailingZeros(blockBytes) - Bio.SECTOR_SHIFT;
        this.messages = new DustMessages(badBlocks, this::lastBlock);
    }

    /** As in the kernel one behind the last, if the device's size is a multiple of a block's. */
    private long lastBlock() {
        return map.range().device().device().sectors() >> blockShift;
    }

    @Override
    public MapResult map(Bio bio) {
        map.remap(bio);
        return messages.failuresEnabled() && !bio.isEmptyFlush() && fails(bio) ? MapResult.KILL : MapResult.REMAPPED;
    }

    /** The first sector decides; data comes in pieces of a block. */
    private boolean fails(Bio bio) {
        long block = bio.sector() >> blockShift;
        return bio.op().modifies() ? badBlocks.failsWrite(block) : badBlocks.contains(block);
    }

    @Override
    public long lengthMax(Bio bio) {
        if (!bio.op().hasData()) {
            return Long.MAX_VALUE;
        }
        long offset = (bio.sector() - map.start()) << Bio.SECTOR_SHIFT;
        return blockBytes - (offset & (blockBytes - 1));
    }

    /** As in the kernel, zeroes have to be written. */
    @Override
    public boolean accepts(BioOp op) {
        return op != BioOp.WRITE_ZEROES;
    }

    @Override
    public boolean acceptsFlush() {
        return true;
    }

    @Override
    public List<DeviceRange> ranges() {
        return List.of(map.range());
    }

    @Override
    public String message(List<String> words) throws DmException {
        return messages.answer(words);
    }

    @Override
    public String status() {
        return map.range().device().name() + " " + messages.status();
    }

    @Override
    public String table() {
        return map + " " + blockBytes;
    }

    @Override
    public void close() {}
}
