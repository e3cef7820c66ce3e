package org.dmuser.shim.target;

import java.util.Locale;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.DmException;

/**
 * {@code corrupt_bio_byte <nth> <r|w> <value> <flags>} of a {@code flakey} target: a byte of some bios is changed.
 *
 * @param nth which byte of the bio's data, from 1; shorter bios are left alone
 * @param write whether of writes, or of reads
 * @param value what it becomes, 0 to 255
 * @param flags which bits of the kernel's {@code bi_opf} a bio must have
 */
record ByteCorruption(long nth, boolean write, int value, long flags) {
    /** How many words it is, with its name. */
    static final int WORDS = 5;

    /**
     * Where the flags of a bio begin in the kernel's word, below which is the operation. From there on the first
     * fifteen are in the order of {@link RequestFlags}; those behind have no meaning for data.
     */
    private static final int FLAGS_SHIFT = 8;

    private static final long FLAGS_MASK = 0x7fff;
    private static final long OPERATION_WRITE = 1;

    static ByteCorruption parse(Arguments arguments) throws DmException {
        if (arguments.left() == 0) {
            throw Arguments.invalid("Feature corrupt_bio_byte requires parameters: <nth byte> <r|w> <value> <flags>");
        }
        long nth = arguments.number(1, Arguments.UINT_MAX, "Invalid corrupt bio byte");
        boolean write = isWrite(arguments.word("Invalid corrupt bio direction (r or w)"));
        long value = arguments.number(0, 255, "Invalid corrupt value to write into bio byte (0-255)");
        long flags = arguments.number(0, Arguments.UINT_MAX, "Invalid corrupt bio flags mask");
        return new ByteCorruption(nth, write, (int) value, flags);
    }

    private static boolean isWrite(String word) throws DmException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "w" -> true;
            case "r" -> false;
            default -> throw Arguments.invalid("Invalid corrupt bio direction (r or w): \"" + word + "\"");
        };
    }

    boolean concerns(Bio bio) {
        long operation = bio.op() == BioOp.WRITE ? OPERATION_WRITE : 0;
        long word = (bio.flags() & FLAGS_MASK) << FLAGS_SHIFT | operation;
        return bio.op() == (write ? BioOp.WRITE : BioOp.READ) && nth <= bio.length() && (word & flags) == flags;
    }

    /** As in a table line. */
    @Override
    public String toString() {
        return "corrupt_bio_byte " + nth + (write ? " w " : " r ") + value + " " + flags;
    }
}
