package org.dmuser.shim.fuse.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageFlyweight;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.fuse.protocol.AttrOut;
import org.dmuser.shim.fuse.protocol.DirectoryEntry;
import org.dmuser.shim.fuse.protocol.EntryOut;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.os.LibC;

/**
 * What names there are and what they look like. The kernel is to believe nothing of it for any time, so it is always as
 * it is. For one thread.
 *
 * <p>A node of the kernel's is the number of a {@link StreamNode} and one, because 1 is the directory itself. As
 * numbers only grow, READDIR goes on behind one without having to remember anything.
 */
final class DirectoryCalls {
    private static final int S_IFDIR = 040000;
    private static final int S_IFREG = 0100000;

    /** For their owner only, as the control socket. */
    static final int DIRECTORY_MODE = S_IFDIR | 0700;

    private static final int FILE_MODE = S_IFREG | 0600;

    private static final long ROOT = 1;

    /**
     * The longest message. Of a file that is shorter the kernel keeps writes from each other, and gives io_uring
     * nothing.
     */
    private static final int FILE_SIZE = MessageFlyweight.HEADER_LENGTH + MessageQueue.PAYLOAD_MAX;

    private static final byte[] ITSELF = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final Supplier<List<StreamNode>> nodes;
    private final int uid = LibC.instance().getuid();
    private final int gid = LibC.instance().getgid();
    private final long startedS = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());

    DirectoryCalls(Supplier<List<StreamNode>> nodes) {
        this.nodes = nodes;
    }

    /** What a node of the kernel's stands for, if its target is still there. */
    Optional<StreamNode> find(long nodeid) {
        return nodes.get().stream().filter(node -> nodeid(node) == nodeid).findAny();
    }

    private static long nodeid(StreamNode node) {
        return node.number() + ROOT;
    }

    void lookUp(Exchange exchange) {
        String name = new String(exchange.name(), UTF_8);
        Optional<StreamNode> found =
                nodes.get().stream().filter(node -> node.name().equals(name)).findAny();
        if (found.isEmpty()) {
            exchange.answer(Errno.ENOENT);
            return;
        }
        long nodeid = nodeid(found.get());
        EntryOut.put(exchange.answerBody(), nodeid);
        putAttributes(EntryOut.attributes(exchange.answerBody()), nodeid);
        exchange.answer(EntryOut.LENGTH);
    }

    /** Also of a file whose target is gone: who has it open may ask. */
    void attributes(Exchange exchange) {
        AttrOut.clear(exchange.answerBody());
        putAttributes(exchange.answerBody(), InHeader.nodeid(exchange.header()));
        exchange.answer(AttrOut.LENGTH);
    }

    private void putAttributes(long address, long nodeid) {
        AttrOut.clear(address);
        AttrOut.putNumber(address, nodeid);
        AttrOut.putMode(address, mode(nodeid));
        AttrOut.putOwner(address, uid, gid);
        AttrOut.putTimes(address, startedS);
        if (nodeid != ROOT) {
            AttrOut.putSize(address, FILE_SIZE);
        }
    }

    private static int mode(long nodeid) {
        return nodeid == ROOT ? DIRECTORY_MODE : FILE_MODE;
    }

    /** As many names as there is room for, of those with greater numbers than what it goes on from. */
    void read(Exchange exchange) {
        Entries entries = new Entries(exchange);
        boolean fits = entries.put(ROOT, 1, ITSELF) && entries.put(ROOT, 2, PARENT);
        for (StreamNode node : nodes.get()) {
            fits = fits
                    && entries.put(
                            nodeid(node), nodeid(node) + ROOT, node.name().getBytes(UTF_8));
        }
        exchange.answer(entries.length);
    }

    private static final class Entries {
        private final long address;
        private final long from;
        private final int lengthMax;
        private int length;

        Entries(Exchange exchange) {
            address = exchange.answerBody();
            from = ReadIn.offset(exchange.body());
            lengthMax = Math.min(ReadIn.size(exchange.body()), Exchange.ANSWER_LENGTH_MAX);
        }

        /** Whether there is room for it, or it is one of those before. */
        boolean put(long nodeid, long position, byte[] name) {
            if (position <= from) {
                return true;
            }
            int entryLength = DirectoryEntry.length(name.length);
            boolean fits = length + entryLength <= lengthMax;
            if (fits) {
                DirectoryEntry.put(address + length, nodeid, position, mode(nodeid), name);
                length += entryLength;
            }
            return fits;
        }
    }
}
