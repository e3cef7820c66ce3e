package org.dmuser.cli.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a program writes, taken from its pipe now and then by the thread that waits for the program: all that an ended
 * program has written is there, though a grandchild may keep the pipe open. Rejected: a thread that reads to the end.
 * Such a grandchild may never let it come to that, and on a busy machine it may not have begun when the program ends.
 */
final class CommandOutput {
    private final InputStream pipe;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    CommandOutput(InputStream pipe) {
        this.pipe = pipe;
    }

    /** Takes what there is, without waiting for more; whether there was anything. */
    boolean take() {
        int before = bytes.size();
        try {
            for (int count = pipe.available(); count > 0; count = pipe.available()) {
                bytes.writeBytes(pipe.readNBytes(count));
            }
        } catch (IOException e) {
            // What cannot be read is not told; how the program ended matters more.
        }
        return bytes.size() > before;
    }

    /** All of it; when the program has ended. */
    String text() {
        take();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
