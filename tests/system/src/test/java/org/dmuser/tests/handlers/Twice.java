package org.dmuser.tests.handlers;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.Request;

/** Answers every request, of a disk full of the letter Z, and then once more. */
public final class Twice implements AsyncBlockHandler {
    @Override
    public void submit(Request request) {
        if (request.operation() == Operation.READ || request.operation() == Operation.WRITE) {
            ByteBuffer buffer = request.buffer();
            if (request.operation() == Operation.READ) {
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 'Z');
                }
            }
            buffer.position(buffer.limit());
        }
        request.complete();
        request.fail(Errno.EIO);
    }
}
