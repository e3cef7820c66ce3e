package org.dmuser.shim.target;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;

/**
 * {@code striped <#stripes> <chunk> (<device> <offset>)...}: chunk after chunk to the next of several devices, in turn.
 *
 * <pre>
 *   sectors of the target, chunk 4      0..3    4..7    8..11   12..15  16..19 ...
 *   with three stripes                  s0 0..  s1 0..  s2 0..  s0 4..  s1 4.. ...
 * </pre>
 *
 * <p>Data comes in pieces of a chunk at most. Of a flush each stripe wants a copy; of a discard, or of zeroes, too, and
 * what of the range lies on a stripe is one run there.
 */
final class StripedTarget implements Target {
    /** After so many errors of a stripe nobody is told of more: the kernel's {@code DM_IO_ERROR_THRESHOLD}. */
    private static final int ERRORS_TOLD = 15;

    private final TargetContext context;
    private final long chunk;
    private final List<Stripe> stripes = new ArrayList<>();

    /**
     * @param chunk in sectors
     * @param ranges of the stripes, all of the same length, a multiple of the chunk
     */
    StripedTarget(TargetContext context, long chunk, List<DeviceRange> ranges) {
        this.context = context;
        this.chunk = chunk;
        ranges.forEach(range -> stripes.add(new Stripe(range)));
    }

    @Override
    public MapResult map(Bio bio) {
        if (bio.isEmptyFlush()) {
            Stripe stripe = stripes.get(bio.copy());
            bio.push(stripe);
            bio.remap(stripe.range.device().device(), bio.sector());
            return MapResult.REMAPPED;
        }
        return bio.op().hasData() ? mapChunk(bio) : mapRange(bio, bio.copy());
    }

    private MapResult mapChunk(Bio bio) {
        long offset = bio.sector() - context.start();
        long number = offset / chunk;
        int count = stripes.size();
        Stripe stripe = stripes.get((int) (number % count));
        bio.push(stripe);
        bio.remap(stripe.range.device().device(), stripe.range.start() + number / count * chunk + offset % chunk);
        return MapResult.REMAPPED;
    }

    private MapResult mapRange(Bio bio, int index) {
        long begin = sectorsBefore(bio.sector(), index);
        long end = sectorsBefore(bio.endSector(), index);
        if (begin == end) {
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        }
        Stripe stripe = stripes.get(index);
        bio.push(stripe);
        bio.remap(stripe.range.device().device(), stripe.range.start() + begin, (end - begin) << Bio.SECTOR_SHIFT);
        return MapResult.REMAPPED;
    }

    /** How much of a stripe lies before {@code sector} of the mapped device. */
    private long sectorsBefore(long sector, int index) {
        long offset = sector - context.start();
        long row = chunk * stripes.size();
        return offset / row * chunk + Math.max(0, Math.min(chunk, offset % row - index * chunk));
    }

    /** Whether the devices below take it, they say themselves. */
    @Override
    public boolean accepts(BioOp op) {
        return true;
    }

    @Override
    public boolean acceptsFlush() {
        return true;
    }

    @Override
    public int copies(BioOp op) {
        return stripes.size();
    }

    @Override
    public long lengthMax(Bio bio) {
        if (!bio.op().hasData()) {
            return Long.MAX_VALUE;
        }
        return (chunk - (bio.sector() - context.start()) % chunk) << Bio.SECTOR_SHIFT;
    }

    @Override
    public List<DeviceRange> ranges() {
        return stripes.stream().map(stripe -> stripe.range).toList();
    }

    @Override
    public String status() {
        StringBuilder text = new StringBuilder();
        text.append(stripes.size());
        stripes.forEach(stripe -> text.append(' ').append(stripe.range.device().name()));
        text.append(" 1 ");
        stripes.forEach(stripe -> text.append(stripe.errors.get() == 0 ? 'A' : 'D'));
        return text.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(stripes.size()).append(' ').append(chunk);
        stripes.forEach(stripe -> text.append(' ')
                .append(stripe.range.device().name())
                .append(' ')
                .append(stripe.range.start()));
        return text.toString();
    }

    /** A device has failed: so have all stripes on it. */
    private void countError(String device) {
        boolean told = false;
        for (Stripe stripe : stripes) {
            if (stripe.range.device().name().equals(device)) {
                told |= stripe.errors.incrementAndGet() < ERRORS_TOLD;
            }
        }
        if (told) {
            context.raiseEvent();
        }
    }

    @Override
    public void close() {}

    /** What lies on one device; sees how its bios end. */
    private final class Stripe implements EndListener {
        private final DeviceRange range;
        private final AtomicInteger errors = new AtomicInteger();

        Stripe(DeviceRange range) {
            this.range = range;
        }

        @Override
        public Errno onEnd(Bio bio, Errno status) {
            if (status != Errno.OK && status != Errno.EOPNOTSUPP && !bio.has(RequestFlags.RAHEAD)) {
                countError(range.device().name());
            }
            return status;
        }
    }
}
