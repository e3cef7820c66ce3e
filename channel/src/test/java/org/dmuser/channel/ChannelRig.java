package org.dmuser.channel;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A target and whatever attaches daemons to it: what the conformance suite needs to know of a kind of channel. */
interface ChannelRig extends AutoCloseable {
    MessageQueue queue();

    /** Attaches a daemon that takes every message it can get and answers when the test says so. */
    Daemon attach() throws Exception;

    /** Attaches where that will be refused, and throws what the daemon is told. */
    void attachRefused() throws Exception;

    /** How many messages one daemon can have begun and not answered. */
    int beginMax();

    @Override
    void close() throws IOException;

    /** A daemon stepped by the test. */
    interface Daemon {
        /** What it has begun. */
        BegunMessages begun();

        /** The next message it has begun, in order of delivery; fails the test if none comes. */
        default Taken next() throws InterruptedException {
            return begun().next();
        }

        /** The next message if it has begun one already. */
        default Taken nextNow() {
            return begun().nextNow();
        }

        /** Takes nothing more. */
        void stopTaking();

        /** Whether it has nothing left to take or to answer, after {@link #stopTaking}. */
        boolean isIdle();

        /** Lets go of the device without answering what is left. */
        void close();

        /** Waits until this daemon's end of the channel has ended. */
        ChannelEnd awaitEnd();
    }

    /** A message a daemon has begun, as it was then. */
    record Taken(DeliveredMessage message, long seq, long type, long flags, long sector, long length, byte[] payload) {
        static Taken of(DeliveredMessage message) {
            byte[] payload = new byte[message.payload().remaining()];
            message.payload().duplicate().get(payload);
            return new Taken(
                    message,
                    message.seq(),
                    message.type(),
                    message.flags(),
                    message.sector(),
                    message.length(),
                    payload);
        }

        void succeed() {
            message.answer(ResponseType.SUCCESS, Errno.OK);
        }

        void succeedWith(byte[] data) {
            message.payload().duplicate().put(data);
            succeed();
        }
    }

    /** Long enough for the slowest machine; a limit on hanging, not a measure. */
    static long limitNs() {
        return TimeUnit.SECONDS.toNanos(120);
    }
}
