package org.dmuser.sdk.daemon;

import org.dmuser.channel.ChannelEnd;

/**
 * Why a daemon has ended.
 *
 * @param reason one line for a person
 */
public record DaemonEnd(Cause cause, String reason) {
    /** What ended it. */
    public enum Cause {
        /** {@link BlockDaemon#stop} or {@link BlockDaemon#close}. */
        STOPPED,

        /** The device was removed, as devices are. */
        DEVICE_GONE,

        /** The service was stopped, or has died. */
        SERVICE_LOST,

        /** The service would have no more of a channel, on account of what the daemon sent. */
        REJECTED,

        /** The handler did not come back from a request in time, and was left as it is. */
        HUNG,

        /** Anything else: the device came back as a different one, or a defect. */
        FAILED
    }

    /** Whether it ended as daemons do. */
    public boolean expected() {
        return cause == Cause.STOPPED || cause == Cause.DEVICE_GONE;
    }

    /** How a channel ended that was asked to, or not. */
    static DaemonEnd of(ChannelEnd end, String reason, boolean stopping) {
        return switch (end) {
            case CLOSED ->
                stopping
                        ? new DaemonEnd(Cause.STOPPED, "stopped")
                        : new DaemonEnd(Cause.SERVICE_LOST, "the service closed the channel");
            case DESTROYED -> new DaemonEnd(Cause.DEVICE_GONE, reason);
            case SERVICE_LOST -> new DaemonEnd(Cause.SERVICE_LOST, reason);
            case REJECTED -> new DaemonEnd(Cause.REJECTED, reason);
            default -> new DaemonEnd(Cause.FAILED, "serving ended, though the channel has " + reason);
        };
    }
}
