package org.dmuser.shim.target.user;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dmuser.channel.ExpiryListener;
import org.dmuser.channel.Message;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;

/**
 * Says which requests were not answered in time: a line each, though not more than a few a second, and then how many
 * more there were. On the thread that looks after the timeouts.
 */
final class TimeoutReports implements ExpiryListener {
    private static final int LINES_PER_SECOND = 5;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final String device;
    private final long timeoutMs;
    private final Consumer<String> reports;
    private long secondBeganNs;
    private long count;

    TimeoutReports(String device, long timeoutMs, Consumer<String> reports) {
        this.device = device;
        this.timeoutMs = timeoutMs;
        this.reports = reports;
    }

    /** Says what there is to be said by now. */
    void look(long nowNs) {
        if (count == 0) {
            secondBeganNs = nowNs;
        } else if (nowNs - secondBeganNs >= SECOND_NS) {
            long untold = count - LINES_PER_SECOND;
            if (untold > 0) {
                reports.accept("device " + device + ": " + untold + " more requests were not answered within "
                        + timeoutMs + " ms and failed with ETIMEDOUT");
            }
            secondBeganNs = nowNs;
            count = 0;
        }
    }

    @Override
    public void onExpired(String handler, Message message) {
        if (++count <= LINES_PER_SECOND) {
            reports.accept("device " + device + ": handler " + handler + " has not answered " + describe(message)
                    + " within " + timeoutMs + " ms: the request fails with ETIMEDOUT, a late answer will be dropped;"
                    + " end a handler that hangs, raise request_timeout_ms for one that is slow");
        }
    }

    private static String describe(Message message) {
        if (message.length() == 0 && (message.flags() & RequestFlags.PREFLUSH) != 0) {
            return "FLUSH";
        }
        return message.type() + " of " + message.length() + " bytes at offset "
                + (message.sector() << Bio.SECTOR_SHIFT);
    }
}
