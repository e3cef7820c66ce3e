package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;
import org.dmuser.shim.service.DeviceWords;

/** The service, asked what dmsetup asks the kernel. */
final class Kernel {
    private final ControlClient client;
    private final Voice voice;

    Kernel(ControlClient client, Voice voice) {
        this.client = client;
        this.voice = voice;
    }

    /** Asks, and says what the problem is if there is one. */
    ControlReply tell(Request request) throws IOException {
        ControlReply reply = client.ask(request.command(), request.words());
        if (reply.errno() != Errno.OK) {
            voice.refused(request, reply);
        }
        return reply;
    }

    /** @throws CommandFailed if there is a problem, which has been said */
    ControlReply demand(Request request) throws IOException {
        return require(request, ask(request));
    }

    /** @throws CommandFailed if the answer is that there is a problem, which has been said */
    ControlReply require(Request request, ControlReply reply) {
        if (reply.errno() != Errno.OK) {
            voice.refused(request, reply);
            throw CommandFailed.silently();
        }
        return reply;
    }

    /** Asks without saying anything. */
    ControlReply ask(Request request) throws IOException {
        return client.ask(request.command(), request.words());
    }

    /** What is known of a device. @throws CommandFailed if there is none, which has been said */
    DeviceInfo info(DeviceName name, TableSlot slot) throws IOException {
        ControlReply reply = ask(Request.of(ControlCommand.INFO, "info", name, word(slot)));
        if (reply.errno() != Errno.OK) {
            voice.missing(reply);
            throw CommandFailed.silently();
        }
        return DeviceWords.read(reply.words().get(0));
    }

    /** All devices, by name. */
    List<DeviceInfo> devices() throws IOException {
        List<DeviceInfo> devices = new ArrayList<>();
        for (String word :
                demand(new Request(ControlCommand.LS, "names", " ", List.of())).words()) {
            devices.add(DeviceWords.read(word));
        }
        return devices;
    }

    /** What the targets of a device have open, as tables name it: {@code major:minor} or a path. */
    List<String> dependencies(DeviceName name, TableSlot slot) throws IOException {
        List<String> words = demand(Request.of(ControlCommand.DEPS, "deps", name, word(slot)))
                .words();
        return words.subList(1, words.size());
    }

    static String word(TableSlot slot) {
        return slot == TableSlot.INACTIVE ? "inactive" : "live";
    }
}
