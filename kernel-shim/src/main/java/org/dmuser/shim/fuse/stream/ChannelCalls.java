package org.dmuser.shim.fuse.stream;

import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.dmuser.channel.AttachException;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.Errno;
import org.dmuser.channel.StreamChannel;
import org.dmuser.shim.fuse.OpenCount;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.InterruptIn;
import org.dmuser.shim.fuse.protocol.OpenIn;
import org.dmuser.shim.fuse.protocol.OpenOut;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.fuse.protocol.ReleaseIn;
import org.dmuser.shim.fuse.protocol.WriteIn;
import org.dmuser.shim.fuse.protocol.WriteOut;
import org.dmuser.shim.os.LibC;

/** What is done with open files: each is a channel, from OPEN to RELEASE. For one thread. */
final class ChannelCalls {
    private static final int OPEN_FLAGS = OpenOut.DIRECT_IO
            | OpenOut.NONSEEKABLE
            | OpenOut.STREAM
            | OpenOut.NO_FLUSH
            | OpenOut.PARALLEL_DIRECT_WRITES;

    private record Open(String name, StreamChannel channel) {}

    private final DirectoryCalls directory;
    private final OpenCount opens;
    private final Consumer<String> events;
    private final Long2ObjectHashMap<Open> open = new Long2ObjectHashMap<>();
    private long handles;

    ChannelCalls(DirectoryCalls directory, OpenCount opens, Consumer<String> events) {
        this.directory = directory;
        this.opens = opens;
        this.events = events;
    }

    void open(Exchange exchange) {
        if ((OpenIn.flags(exchange.body()) & LibC.O_APPEND) != 0) {
            // Then writes do not begin at 0.
            exchange.answer(Errno.EINVAL);
            return;
        }
        Optional<StreamNode> node = directory.find(InHeader.nodeid(exchange.header()));
        if (node.isEmpty()) {
            // Gone since it was looked up, as a device whose driver is.
            exchange.answer(Errno.ENODEV);
            return;
        }
        long handle = ++handles;
        String name = node.get().name() + " stream " + handle;
        String daemon = "process " + InHeader.pid(exchange.header());
        try {
            StreamChannel channel = StreamChannel.open(node.get().queue(), name, daemon, events);
            open.put(handle, new Open(name, channel));
        } catch (AttachException e) {
            exchange.answer(Errno.ENODEV);
            return;
        }
        opens.opened();
        events.accept("channel " + name + ": opened by " + daemon);
        OpenOut.put(exchange.answerBody(), handle, OPEN_FLAGS);
        exchange.answer(OpenOut.LENGTH);
    }

    /** Has {@code answer} answer it. */
    void read(Exchange exchange, ReadAnswer answer) {
        long body = exchange.body();
        StreamChannel channel = open.get(ReadIn.handle(body)).channel();
        exchange.leaveUnanswered();
        channel.read(answer.begin(exchange.unique(), ReadIn.size(body), goesOn(ReadIn.offset(body))));
    }

    void write(Exchange exchange) {
        long body = exchange.body();
        StreamChannel channel = open.get(WriteIn.handle(body)).channel();
        int taken = channel.write(
                exchange.request(), Exchange.WRITE_DATA_OFFSET, exchange.writtenLength(), goesOn(WriteIn.offset(body)));
        if (taken < 0) {
            exchange.answer(Errno.of(-taken));
        } else {
            WriteOut.put(exchange.answerBody(), taken);
            exchange.answer(WriteOut.LENGTH);
        }
    }

    /**
     * A call on a stream begins at 0. The kernel cuts it into requests of what one may carry, and makes the next one
     * only if the one before was done wholly.
     */
    private static boolean goesOn(long offset) {
        return offset != 0;
    }

    /** One thread reads all requests, so that what is not found was answered before. */
    void interrupt(Exchange exchange) {
        exchange.leaveUnanswered();
        long unique = InterruptIn.unique(exchange.body());
        for (Open one : open.values()) {
            if (one.channel().interrupt(unique)) {
                return;
            }
        }
    }

    void release(Exchange exchange) {
        Open closed = open.remove(ReleaseIn.handle(exchange.body()));
        close(closed, "its daemon has closed it");
        exchange.answer(Errno.OK);
    }

    /** Nobody can use any of them any more. */
    void closeAll() {
        open.values().forEach(one -> close(one, "the directory of channels was unmounted"));
        open.clear();
    }

    private void close(Open closed, String reason) {
        opens.released();
        closed.channel().close(ChannelEnd.CLOSED, reason);
        events.accept("channel " + closed.name() + ": closed");
    }
}
