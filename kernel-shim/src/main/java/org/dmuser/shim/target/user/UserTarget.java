package org.dmuser.shim.target.user;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestType;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;

/**
 * Sends each bio to a daemon, as one message.
 *
 * <p>With no daemon attached, bios wait for one, for ever if its {@link UserFeatures} do not say otherwise; how many
 * wait is bounded by the front end, which has so many threads. Rejected: a bound here, with submitters waiting in
 * {@link #map}. The thread that brings an answer may submit what follows from it, and would then wait for messages that
 * only it can end.
 */
public final class UserTarget implements Target {
    /** As many as dm-user keeps in reserve; more are made when needed. */
    private static final int CARRIERS_KEPT = 128;

    private final long number;
    private final TargetContext context;
    private final List<String> arguments;
    private final UserFeatures features;
    private final UserTargets targets;
    private final MessageQueue queue;
    private final TimeoutReports timeoutReports;
    private final ManyToManyConcurrentArrayQueue<Carrier> idle = new ManyToManyConcurrentArrayQueue<>(CARRIERS_KEPT);

    /** @param arguments as in its line of the table: the control name and what {@code features} is made of */
    UserTarget(TargetContext context, List<String> arguments, UserFeatures features, UserTargets targets) {
        this.number = targets.nextNumber();
        this.context = context;
        this.arguments = List.copyOf(arguments);
        this.features = features;
        this.targets = targets;
        this.queue = new MessageQueue(features.reissue());
        this.timeoutReports = new TimeoutReports(context.deviceName(), features.requestTimeoutMs(), targets::report);
    }

    /** Tells it from all others there ever were, also those of its control name; from 1 on. */
    public long number() {
        return number;
    }

    /** What daemons attach to. */
    public String controlName() {
        return arguments.get(UserTargetType.CONTROL_NAME);
    }

    UserFeatures features() {
        return features;
    }

    /** Ends what has waited too long for an answer, or for a daemon. One thread, again and again. */
    void checkTimeouts(long nowNs) {
        if (features.requestTimeoutMs() > 0) {
            timeoutReports.look(nowNs);
            queue.expire(nowNs, MILLISECONDS.toNanos(features.requestTimeoutMs()), timeoutReports);
        }
        long patienceMs = features.noDaemonTimeoutMs();
        if (patienceMs > 0 && queue.giveUp(nowNs, MILLISECONDS.toNanos(patienceMs))) {
            targets.report("device " + context.deviceName() + ": no daemon for " + patienceMs
                    + " ms: requests fail with EIO until there is one: dmuser attach " + controlName() + " HANDLER");
        }
    }

    /** Where it is: the device and its part of it. */
    public TargetContext context() {
        return context;
    }

    /** Where channels are attached. */
    @Override
    public MessageQueue queue() {
        return queue;
    }

    @Override
    public MapResult map(Bio bio) {
        Carrier carrier = idle.poll();
        (carrier == null ? new Carrier() : carrier).carry(bio);
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
    public long lengthMax(Bio bio) {
        return bio.op().hasData() ? MessageQueue.PAYLOAD_MAX : Long.MAX_VALUE;
    }

    /** As it was given, so that it can be loaded again. The kernel's dm-user prints nothing. */
    @Override
    public String table() {
        return arguments.stream().map(TableLine::quoted).collect(Collectors.joining(" "));
    }

    /** Ends every channel; what waits, and what daemons had begun, fails with EIO. */
    @Override
    public void close() {
        targets.remove(this);
        queue.destroy();
    }

    private static RequestType type(BioOp op) {
        return switch (op) {
            case READ -> RequestType.READ;
            case WRITE -> RequestType.WRITE;
            case DISCARD -> RequestType.DISCARD;
            case WRITE_ZEROES -> RequestType.WRITE_ZEROES;
        };
    }

    /** A message and the bio it stands for, which is not touched any more once it has ended. */
    private final class Carrier implements Message.Listener {
        private final Message message = new Message(this);
        private Bio bio;

        void carry(Bio carried) {
            bio = carried;
            message.prepare(type(carried.op()), carried.flags(), carried.sector(), carried.length(), carried.data());
            queue.submit(carried.acceptsLent() ? message.acceptLent() : message);
        }

        @Override
        public void onAnswer(Message answered, Errno status) {
            Bio ended = bio;
            bio = null;
            if (answered.lent() != null) {
                ended.lend(answered.lent(), answered.lentIndex());
            }
            answered.prepare(null, 0, 0, 0, null);
            idle.offer(this);
            ended.end(status);
        }
    }
}
