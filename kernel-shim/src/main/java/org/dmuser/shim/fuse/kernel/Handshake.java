package org.dmuser.shim.fuse.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.protocol.Agreement;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.InitOffer;
import org.dmuser.shim.fuse.protocol.InitOut;
import org.dmuser.shim.fuse.protocol.Negotiation;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.os.IoVector;

/** Takes INIT, the first request of every connection, and answers it. */
final class Handshake {
    /** The least the kernel takes for a buffer, whatever the request. */
    private static final int BUFFER_LENGTH = 8192;

    private final int fd;
    private final ByteBuffer vector = ByteBuffer.allocateDirect(IoVector.LENGTH);
    private final ByteBuffer request = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(OutHeader.LENGTH + InitOut.LENGTH);
    private final long requestAddress = BufferUtil.address(request);
    private final long answerAddress = BufferUtil.address(answer);

    private Handshake(int fd) {
        this.fd = fd;
    }

    /** Does it on a descriptor that sleeps when it is read. */
    static Agreement perform(int fd, ConnectionOptions options) throws MountException {
        Handshake handshake = new Handshake(fd);
        try {
            return handshake.perform(options);
        } finally {
            Reference.reachabilityFence(handshake);
        }
    }

    private Agreement perform(ConnectionOptions options) throws MountException {
        InitOffer offer = receive();
        if (Negotiation.isNewer(offer)) {
            InitOut.putVersion(answerAddress + OutHeader.LENGTH);
            send();
            offer = receive();
        }
        Agreement agreement = Negotiation.agree(
                offer.without(options.hiddenFlags()), UnsafeApi.pageSize(), options.requestTimeoutS());
        InitOut.put(answerAddress + OutHeader.LENGTH, agreement);
        send();
        return agreement;
    }

    private InitOffer receive() throws MountException {
        IoVector.put(BufferUtil.address(vector), 0, requestAddress, request.capacity());
        long length;
        do {
            length = FuseDevice.readv(fd, BufferUtil.address(vector), 1);
        } while (length == -Errno.EINTR.number() || length == -Errno.ENOENT.number());
        if (length < 0) {
            throw failure("cannot be received", length);
        }
        int body = (int) length - InHeader.LENGTH;
        if (body < Opcode.bodyLength(Opcode.INIT)
                || InHeader.len(requestAddress) != length
                || InHeader.opcode(requestAddress) != Opcode.INIT) {
            throw new MountException(
                    Errno.EIO,
                    "the kernel begins with " + Opcode.name(InHeader.opcode(requestAddress)) + " of " + length
                            + " bytes instead of INIT");
        }
        return InitOffer.read(requestAddress + InHeader.LENGTH, body);
    }

    private void send() throws MountException {
        OutHeader.putOk(answerAddress, InHeader.unique(requestAddress), InitOut.LENGTH);
        IoVector.put(BufferUtil.address(vector), 0, answerAddress, answer.capacity());
        long result = FuseDevice.writev(fd, BufferUtil.address(vector), 1);
        if (result < 0) {
            throw failure("cannot be answered", result);
        }
    }

    private static MountException failure(String what, long result) {
        Errno errno = Errno.of((int) -result);
        String why = errno == Errno.ENODEV ? "the file was unmounted by somebody else" : errno.text();
        return new MountException(errno, "the kernel's INIT " + what + ": " + why);
    }
}
