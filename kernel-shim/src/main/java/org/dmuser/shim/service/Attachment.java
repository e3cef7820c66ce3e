package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.dmuser.channel.AttachReply;
import org.dmuser.channel.AttachRequest;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.Frame;
import org.dmuser.channel.MemoryChannel;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.target.user.UserTarget;

/**
 * Attaches daemons: gives each connection that asks for it a channel of a target, which ends with the connection, as
 * the connection ends with it.
 */
final class Attachment {
    private final Devices devices;
    private final ChannelDirectory directory;
    private final Consumer<String> events;
    private final AtomicLong numbers = new AtomicLong();

    Attachment(Devices devices, ChannelDirectory directory, Consumer<String> events) {
        this.devices = devices;
        this.directory = directory;
        this.events = events;
    }

    /** Serves the connection, on this thread, until it or the channel has ended. */
    void serve(SocketChannel connection, List<String> frame) throws IOException {
        AttachRequest request;
        UserTarget target;
        MemoryChannel channel;
        long number = numbers.incrementAndGet();
        try {
            request = AttachRequest.parse(frame);
            target = devices.userTarget(request.device());
            channel = open(target, request, number);
        } catch (DmException | IOException | RuntimeException e) {
            String problem = Problems.describe(e);
            Frame.write(connection, AttachReply.refusal(problem));
            events.accept("a daemon was refused: " + problem);
            return;
        }
        String name = target.controlName() + "." + number;
        Thread server = new Thread(() -> serve(channel, connection, name), "channel-" + name);
        server.setDaemon(true);
        server.start();
        events.accept("channel " + name + ": attached, " + daemon(request));
        try {
            Frame.write(
                    connection, new AttachReply(target.controlName(), directory.file(name), channel.epoch()).frame());
            awaitDaemonEnd(connection);
        } catch (IOException e) {
            // The daemon's end, or that of a connection closed because the channel has ended.
        }
        channel.close(ChannelEnd.CLOSED, "its daemon has ended");
        awaitEnd(channel);
        // Whether it is dead cannot be told for sure so soon.
        directory.seats().vacate(request.pid());
    }

    private static String daemon(AttachRequest request) {
        return request.handler() + " in process " + request.pid();
    }

    private MemoryChannel open(UserTarget target, AttachRequest request, long number) throws IOException {
        // Messages carry sectors of the device, so what the daemon serves reaches from 0 to the target's end.
        long sectors = target.context().start() + target.context().length();
        return MemoryChannel.open(
                directory.file(target.controlName() + "." + number),
                daemon(request),
                target.queue(),
                // Tells it from a channel of an earlier service as well.
                System.currentTimeMillis() * Bio.SECTOR_SIZE + number,
                sectors,
                target.context().readOnly(),
                directory.seats(),
                events);
    }

    private void serve(MemoryChannel channel, SocketChannel connection, String name) {
        try {
            channel.serve();
        } catch (RuntimeException | Error e) {
            events.accept("channel " + name + ": failed: " + Problems.describe(e));
        } finally {
            events.accept("channel " + name + ": ended");
            closeQuietly(connection);
        }
    }

    private void closeQuietly(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            events.accept("a connection cannot be closed: " + Problems.describe(e));
        }
    }

    private static void awaitDaemonEnd(SocketChannel connection) throws IOException {
        while (connection.read(ByteBuffer.allocate(1)) >= 0) {
            // A daemon has nothing more to say here: its end is the message.
        }
    }

    private static void awaitEnd(MemoryChannel channel) {
        try {
            channel.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
