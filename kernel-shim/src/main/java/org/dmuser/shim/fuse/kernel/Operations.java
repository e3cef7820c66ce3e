package org.dmuser.shim.fuse.kernel;

import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.protocol.AttrOut;
import org.dmuser.shim.fuse.protocol.FallocateIn;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OpenIn;
import org.dmuser.shim.fuse.protocol.OpenOut;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.fuse.protocol.SetattrIn;
import org.dmuser.shim.fuse.protocol.StatfsOut;
import org.dmuser.shim.fuse.protocol.WriteIn;

/**
 * What the kernel's requests mean to the device. Stateless; any thread.
 *
 * <p>Each ends its request once: at once, or when the device has done it. Requests for whole sectors are asynchronous;
 * the others, rare ones, are done while the reader waits.
 */
public final class Operations {
    private final DeviceNode node;
    private final BlockFile file;
    private final int transferMax;

    /** @param transferMax bytes of data that a request has memory for */
    Operations(DeviceNode node, int transferMax) {
        this.node = node;
        this.file = node.file();
        this.transferMax = transferMax;
    }

    /** Whether it may take as long as the device likes. */
    public static boolean mayTakeLong(int opcode) {
        return opcode == Opcode.READ || opcode == Opcode.WRITE || opcode == Opcode.FSYNC || opcode == Opcode.FALLOCATE;
    }

    /**
     * Whether a request is done while its server waits for the device, which those for whole sectors are not.
     *
     * @param carrier of the request
     */
    public boolean waits(Carrier carrier) {
        long body = carrier.body();
        return switch (InHeader.opcode(carrier.header())) {
            case Opcode.READ -> !file.isWhole(ReadIn.offset(body), ReadIn.size(body));
            case Opcode.WRITE -> !file.isWhole(WriteIn.offset(body), WriteIn.size(body));
            case Opcode.FALLOCATE -> true;
            default -> false;
        };
    }

    void run(Call call, CallServer server) {
        switch (call.opcode()) {
            case Opcode.READ -> read(call, server);
            case Opcode.WRITE -> write(call, server);
            case Opcode.FSYNC -> file.startSync(call.io());
            case Opcode.FALLOCATE -> fallocate(call, server);
            case Opcode.GETATTR -> attributes(call);
            case Opcode.SETATTR -> setAttributes(call);
            case Opcode.OPEN -> open(call);
            case Opcode.STATFS -> statistics(call);
            case Opcode.RELEASE -> {
                node.release();
                call.end(Errno.OK);
            }
            // Closing is no flush of the disk.
            case Opcode.FLUSH, Opcode.DESTROY -> call.end(Errno.OK);
            // An interrupt is for a request that somebody waits for; a disk's requests end soon, or never.
            case Opcode.FORGET, Opcode.BATCH_FORGET, Opcode.INTERRUPT -> call.endUnanswered();
            default -> call.end(Errno.ENOSYS);
        }
    }

    private void read(Call call, CallServer server) {
        long offset = ReadIn.offset(call.body());
        int size = ReadIn.size(call.body());
        if (refuses(offset, size)) {
            call.end(Errno.EINVAL);
        } else if (!file.startRead(call.io(), offset, call.data(), size)) {
            server.stopLooking();
            call.end(file.read(server.context(), offset, call.data(), size));
        }
    }

    private void write(Call call, CallServer server) {
        long offset = WriteIn.offset(call.body());
        int size = WriteIn.size(call.body());
        boolean durable = DeviceNode.isDurable(WriteIn.flags(call.body()));
        if (refuses(offset, size)) {
            call.end(Errno.EINVAL);
        } else if (!file.startWrite(call.io(), offset, call.data(), size, durable)) {
            server.stopLooking();
            call.end(file.write(server.context(), offset, call.data(), size, durable));
        }
    }

    private boolean refuses(long offset, int size) {
        return offset < 0 || size < 0 || size > transferMax;
    }

    private void fallocate(Call call, CallServer server) {
        long offset = FallocateIn.offset(call.body());
        long length = FallocateIn.length(call.body());
        if (offset < 0 || length <= 0) {
            call.end(Errno.EINVAL);
            return;
        }
        server.stopLooking();
        call.end(node.fallocate(server.context(), FallocateIn.mode(call.body()), offset, length));
    }

    private void attributes(Call call) {
        long body = call.answerBody();
        AttrOut.clear(body);
        AttrOut.putMode(body, node.mode());
        AttrOut.putOwner(body, node.uid(), node.gid());
        AttrOut.putSize(body, file.size());
        AttrOut.putBlockSize(body, DeviceNode.BLOCK_SIZE);
        AttrOut.putTimes(body, TimeUnit.MILLISECONDS.toSeconds(node.createdMs()));
        call.endWithBody(AttrOut.LENGTH);
    }

    /** Mode, owner and times are what they are; whoever copies them along with the data need not fail for that. */
    private void setAttributes(Call call) {
        Errno status = SetattrIn.setsSize(call.body()) ? node.truncate(SetattrIn.size(call.body())) : Errno.OK;
        if (status == Errno.OK) {
            attributes(call);
        } else {
            call.end(status);
        }
    }

    private void open(Call call) {
        Errno status = node.open(OpenIn.flags(call.body()));
        if (status == Errno.OK) {
            OpenOut.put(call.answerBody(), OpenOut.DIRECT_IO | OpenOut.PARALLEL_DIRECT_WRITES);
            call.endWithBody(OpenOut.LENGTH);
        } else {
            call.end(status);
        }
    }

    private void statistics(Call call) {
        StatfsOut.put(call.answerBody(), file.size() / DeviceNode.BLOCK_SIZE, DeviceNode.BLOCK_SIZE);
        call.endWithBody(StatfsOut.LENGTH);
    }
}
