package org.dmuser.bench.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.dmuser.channel.DaemonChannel;
import org.dmuser.channel.Polling;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.dispatch.HandlerDispatcher;

/** A daemon with a handler that does nothing. */
public final class NullDaemon {
    private static final int SECTOR = 512;

    private NullDaemon() {}

    /** Serves behind a control socket until that ends. */
    public static void main(String[] arguments) {
        serve(Path.of(arguments[0]));
    }

    static void serve(Path socket) {
        try (DaemonChannel channel = DaemonChannel.attach(socket, "disk", "null", Polling.ADAPTIVE)) {
            DeviceInfo info = new DeviceInfo(channel.device(), channel.sectors() * SECTOR, channel.readOnly());
            try (HandlerDispatcher dispatcher =
                    HandlerDispatcher.open("null", new NullHandler(), info, channel::report)) {
                Thread watcher = new Thread(channel::awaitServiceEnd, "watcher");
                watcher.setDaemon(true);
                watcher.start();
                channel.serve(dispatcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
