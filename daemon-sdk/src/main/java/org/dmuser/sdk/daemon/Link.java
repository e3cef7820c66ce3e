package org.dmuser.sdk.daemon;

import java.io.IOException;
import java.nio.file.Path;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DaemonChannel;
import org.dmuser.channel.MessageHandler;
import org.dmuser.channel.Polling;

/** One attachment to a device: a {@link DaemonChannel}, or what a test puts in its place. */
interface Link extends AutoCloseable {
    long sectors();

    boolean readOnly();

    /** Serves on this thread until the link has ended or was stopped. */
    ChannelEnd serve(MessageHandler handler);

    /** Blocks until the service has let go of this link, or it was closed. */
    void awaitServiceEnd();

    /** Has {@link #serve} return after the message it is at. */
    void stop();

    String endReason();

    /** Notes a line where the service finds it when this daemon has died. */
    void report(String line);

    @Override
    void close();

    /** Makes links. */
    @FunctionalInterface
    interface Connector {
        Link attach() throws IOException;
    }

    /** Makes memory channels to a service. */
    static Connector toService(Path controlSocket, String device, String handlerName, Polling polling) {
        return () -> new MemoryLink(DaemonChannel.attach(controlSocket, device, handlerName, polling));
    }

    /** A memory channel. */
    record MemoryLink(DaemonChannel channel) implements Link {
        @Override
        public long sectors() {
            return channel.sectors();
        }

        @Override
        public boolean readOnly() {
            return channel.readOnly();
        }

        @Override
        public ChannelEnd serve(MessageHandler handler) {
            return channel.serve(handler);
        }

        @Override
        public void awaitServiceEnd() {
            channel.awaitServiceEnd();
        }

        @Override
        public void stop() {
            channel.stop();
        }

        @Override
        public String endReason() {
            return channel.endReason();
        }

        @Override
        public void report(String line) {
            channel.report(line);
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
