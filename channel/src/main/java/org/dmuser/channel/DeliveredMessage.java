package org.dmuser.channel;

import java.nio.ByteBuffer;

/**
 * A message as the daemon sees it, from delivery to its one answer.
 *
 * <p>The object is the channel's and is used again after the answer: keep no reference to it, nor to its payload,
 * beyond {@link #answer}.
 */
public interface DeliveredMessage {
    /** Its number in the target, from 0. */
    long seq();

    /** {@link RequestType#wire()}; a value that is none of those is possible. */
    long type();

    /** {@link RequestFlags}. */
    long flags();

    /** Where it begins, in sectors of 512 bytes from the start of the mapped device. */
    long sector();

    /** How many bytes it covers. */
    long length();

    /**
     * For a WRITE the data; for a READ the place to fill, with whatever was there before; empty otherwise. Index 0 is
     * the first byte, the capacity or limit is {@link #length()}; the byte order is undefined.
     */
    ByteBuffer payload();

    /**
     * Ends a READ well, as {@link #answer} does, with the bytes at {@code index} of {@code memory}, which is the
     * caller's again when this returns; its position and limit mean nothing.
     */
    default void answerFrom(ByteBuffer memory, int index) {
        int count = (int) length();
        Memory.copy(memory, index, payload(), 0, count);
        answer(ResponseType.SUCCESS, Errno.OK);
    }

    /**
     * Ends the message, from any thread, once. The payload of a READ must be in place. After the channel was closed an
     * answer is dropped: the message has been failed already.
     *
     * @param errno what the submitter sees unless {@code response} is SUCCESS; {@link Errno#OK} leaves it at EIO, which
     *     is all the kernel's dm-user can say
     * @throws IllegalStateException if it was answered before
     */
    void answer(ResponseType response, Errno errno);
}
