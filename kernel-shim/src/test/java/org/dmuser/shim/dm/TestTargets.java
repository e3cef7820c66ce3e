package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/** Target types for tests. */
final class TestTargets {
    private TestTargets() {}

    static TargetType type(String name, Function<TargetContext, Target> factory) {
        return new TargetType() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String version() {
                return "1.0.0";
            }

            @Override
            public Target create(TargetContext context, List<String> arguments) {
                return factory.apply(context);
            }
        };
    }

    /** {@code device <name> <offset>}: like linear, to a device of the test, in pieces of at most {@code maxBytes}. */
    static final class DeviceTargetType implements TargetType {
        private final Map<String, BlockDevice> devices = new HashMap<>();
        private long maxBytes = Long.MAX_VALUE;

        void add(String name, BlockDevice device) {
            devices.put(name, device);
        }

        void maxBytes(long bytes) {
            maxBytes = bytes;
        }

        @Override
        public String name() {
            return "device";
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public Target create(TargetContext context, List<String> arguments) {
            String name = arguments.get(0);
            OpenDevice device = new OpenDevice(devices.get(name), name);
            long offset = Long.parseLong(arguments.get(1));
            return new DeviceTarget(new DeviceRange(device, offset, context.length()), context.start(), maxBytes);
        }
    }

    static final class DeviceTarget extends AnyTarget {
        private final DeviceRange range;
        private final long start;
        private final long maxBytes;

        DeviceTarget(DeviceRange range, long start, long maxBytes) {
            this.range = range;
            this.start = start;
            this.maxBytes = maxBytes;
        }

        @Override
        public MapResult map(Bio bio) {
            long sector = bio.isEmptyFlush() ? 0 : bio.sector() - start + range.start();
            bio.remap(range.device().device(), sector);
            return MapResult.REMAPPED;
        }

        @Override
        public long lengthMax(Bio bio) {
            return maxBytes;
        }

        @Override
        public List<DeviceRange> ranges() {
            return List.of(range);
        }
    }

    /** Maps as the test says. */
    static final class ScriptedTarget extends AnyTarget {
        Function<Bio, MapResult> mapping = bio -> MapResult.KILL;

        @Override
        public MapResult map(Bio bio) {
            return mapping.apply(bio);
        }
    }

    /** Takes everything, ends it with success, and writes down how it is treated. */
    static class AnyTarget implements Target {
        final List<String> calls = new ArrayList<>();

        @Override
        public MapResult map(Bio bio) {
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        }

        @Override
        public boolean accepts(BioOp op) {
            return true;
        }

        @Override
        public boolean acceptsFlush() {
            return true;
        }

        @Override
        public void presuspend() {
            calls.add("presuspend");
        }

        @Override
        public void presuspendUndo() {
            calls.add("presuspendUndo");
        }

        @Override
        public void postsuspend() {
            calls.add("postsuspend");
        }

        @Override
        public void preresume() throws DmException {
            calls.add("preresume");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    /** Wants several copies of whatever has no data, and has everything end at a device of the test. */
    static final class CopyingTarget extends AnyTarget {
        private final BlockDevice device;
        private final int copies;
        final List<Integer> numbers = new CopyOnWriteArrayList<>();

        CopyingTarget(BlockDevice device, int copies) {
            this.device = device;
            this.copies = copies;
        }

        @Override
        public int copies(BioOp op) {
            return copies;
        }

        @Override
        public MapResult map(Bio bio) {
            numbers.add(bio.copy());
            bio.remap(device, bio.sector());
            return MapResult.REMAPPED;
        }
    }

    /** Holds up whoever maps, and writes down what. Takes no flushes, so that they do not wait. */
    static final class SlowTarget extends AnyTarget {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final List<Long> mapped = new ArrayList<>();

        @Override
        public MapResult map(Bio bio) {
            mapped.add(bio.sector());
            entered.countDown();
            await(goOn);
            return super.map(bio);
        }

        @Override
        public boolean acceptsFlush() {
            return false;
        }
    }

    /** Waits where one cannot be interrupted. */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
