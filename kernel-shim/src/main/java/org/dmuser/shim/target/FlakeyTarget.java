package org.dmuser.shim.target;

import java.nio.ByteBuffer;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;

/**
 * {@code flakey}: a disk that is up for some seconds and then down for some. While it is down it loses, fails or
 * corrupts what its features say, and everything fails if they say nothing.
 */
final class FlakeyTarget implements Target, EndListener {
    private final LinearMap map;
    private final FlakeyPhases phases;
    private final FlakeyFeatures features;

    FlakeyTarget(LinearMap map, FlakeyPhases phases, FlakeyFeatures features) {
        this.map = map;
        this.phases = phases;
        this.features = features;
    }

    @Override
    public MapResult map(Bio bio) {
        if (phases.isDown(System.nanoTime())) {
            return bio.op().modifies() ? mapWriteWhileDown(bio) : mapReadWhileDown(bio);
        }
        map.remap(bio);
        return MapResult.REMAPPED;
    }

    private MapResult mapReadWhileDown(Bio bio) {
        if (features.failsReads()) {
            return MapResult.KILL;
        }
        if (features.corruptsReads()) {
            bio.push(this);
        }
        map.remap(bio);
        return MapResult.REMAPPED;
    }

    /** A read has ended, which began while the target was down. */
    @Override
    public Errno onEnd(Bio bio, Errno status) {
        if (status == Errno.OK) {
            // Its limit is whatever somebody below has set.
            features.corrupt(bio, bio.data().clear());
        }
        return status;
    }

    private MapResult mapWriteWhileDown(Bio bio) {
        if (features.dropWrites()) {
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        }
        if (features.failsWrites()) {
            return MapResult.KILL;
        }
        map.remap(bio);
        if (features.corruptsWrites() && bio.op() == BioOp.WRITE && bio.length() > 0) {
            submitCorrupted(bio);
            return MapResult.SUBMITTED;
        }
        return MapResult.REMAPPED;
    }

    /** The data is its submitter's, who must not find it changed. */
    private void submitCorrupted(Bio bio) {
        ByteBuffer data = ByteBuffer.allocate((int) bio.length());
        data.put(0, bio.data().clear(), 0, data.capacity());
        features.corrupt(bio, data);
        Bio corrupted = new Bio().start(bio.op(), bio.flags(), bio.sector(), bio.length(), data, (copy, status) -> {
            bio.end(status);
            return status;
        });
        Submission.submit(corrupted, bio.device());
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
    public String table() {
        return map + " " + phases + " " + features;
    }

    @Override
    public void close() {}
}
