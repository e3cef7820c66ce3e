package org.dmuser.shim.fuse.kernel;

import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.protocol.AttrOut;
import org.dmuser.shim.fuse.protocol.FallocateIn;
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
final class Operations {
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
    static boolean mayTakeLong(int opcode) {
        return opcode == Opcode.READ || opcode == Opcode.WRITE || opcode == Opcode.FSYNC || opcode == Opcode.FALLOCATE;
    }

    void run(FuseRequest request, Reader reader) {
        switch (request.opcode()) {
            case Opcode.READ -> read(request, reader);
            case Opcode.WRITE -> write(request, reader);
            case Opcode.FSYNC -> file.startSync(request.io());
            case Opcode.FALLOCATE -> fallocate(request, reader);
            case Opcode.GETATTR -> attributes(request);
            case Opcode.SETATTR -> setAttributes(request);
            case Opcode.OPEN -> open(request);
            case Opcode.STATFS -> statistics(request);
            case Opcode.RELEASE -> {
                node.release();
                request.end(Errno.OK);
            }
            // Closing is no flush of the disk.
            case Opcode.FLUSH, Opcode.DESTROY -> request.end(Errno.OK);
            // An interrupt is for a request that somebody waits for; a disk's requests end soon, or never.
            case Opcode.FORGET, Opcode.BATCH_FORGET, Opcode.INTERRUPT -> request.endUnanswered();
            default -> request.end(Errno.ENOSYS);
        }
    }

    private void read(FuseRequest request, Reader reader) {
        long offset = ReadIn.offset(request.body());
        int size = ReadIn.size(request.body());
        if (refuses(offset, size)) {
            request.end(Errno.EINVAL);
        } else if (!file.startRead(request.io(), offset, request.memory().data(), size)) {
            reader.stopLooking();
            request.end(file.read(reader.context(), offset, request.memory().data(), size));
        }
    }

    private void write(FuseRequest request, Reader reader) {
        long offset = WriteIn.offset(request.body());
        int size = WriteIn.size(request.body());
        boolean durable = DeviceNode.isDurable(WriteIn.flags(request.body()));
        if (refuses(offset, size)) {
            request.end(Errno.EINVAL);
        } else if (!file.startWrite(request.io(), offset, request.memory().data(), size, durable)) {
            reader.stopLooking();
            request.end(file.write(reader.context(), offset, request.memory().data(), size, durable));
        }
    }

    private boolean refuses(long offset, int size) {
        return offset < 0 || size < 0 || size > transferMax;
    }

    private void fallocate(FuseRequest request, Reader reader) {
        long offset = FallocateIn.offset(request.body());
        long length = FallocateIn.length(request.body());
        if (offset < 0 || length <= 0) {
            request.end(Errno.EINVAL);
            return;
        }
        reader.stopLooking();
        request.end(node.fallocate(reader.context(), FallocateIn.mode(request.body()), offset, length));
    }

    private void attributes(FuseRequest request) {
        long body = request.answerBody();
        AttrOut.clear(body);
        AttrOut.putMode(body, node.mode());
        AttrOut.putOwner(body, node.uid(), node.gid());
        AttrOut.putSize(body, file.size());
        AttrOut.putBlockSize(body, DeviceNode.BLOCK_SIZE);
        AttrOut.putTimes(body, TimeUnit.MILLISECONDS.toSeconds(node.createdMs()));
        request.endWithBody(AttrOut.LENGTH);
    }

    /** Mode, owner and times are what they are; whoever copies them along with the data need not fail for that. */
    private void setAttributes(FuseRequest request) {
        Errno status = SetattrIn.setsSize(request.body()) ? node.truncate(SetattrIn.size(request.body())) : Errno.OK;
        if (status == Errno.OK) {
            attributes(request);
        } else {
            request.end(status);
        }
    }

    private void open(FuseRequest request) {
        Errno status = node.open(OpenIn.flags(request.body()));
        if (status == Errno.OK) {
            OpenOut.put(request.answerBody(), OpenOut.DIRECT_IO | OpenOut.PARALLEL_DIRECT_WRITES);
            request.endWithBody(OpenOut.LENGTH);
        } else {
            request.end(status);
        }
    }

    private void statistics(FuseRequest request) {
        StatfsOut.put(request.answerBody(), file.size() / DeviceNode.BLOCK_SIZE, DeviceNode.BLOCK_SIZE);
        request.endWithBody(StatfsOut.LENGTH);
    }
}
