package org.dmuser.shim.target;

import java.util.List;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * The words of a table line behind its type, read one after the other and checked as the kernel does it
 * ({@code dm_shift_arg}, {@code dm_read_arg}, {@code dm_read_arg_group}). Of a caller, each check wants the kernel's
 * text for what does not pass; the error begins with it, and goes on with the word and what it should be.
 *
 * <p>Numbers are unsigned and decimal. A number that does not fit is refused; in the kernel some wrap around.
 */
public final class Arguments {
    /** The largest {@code unsigned int}: the bound of a number that has no other. */
    public static final long UINT_MAX = 0xffff_ffffL;

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

    private final TargetContext context;
    private final List<String> words;
    private int next;

    /** @param context of the target that the words describe */
    public Arguments(TargetContext context, List<String> words) {
        this.context = context;
        this.words = words;
    }

    /**
     * Checks how many words there are.
     *
     * @param form type and arguments, as they should be
     * @throws DmException EINVAL if there are not {@code count}
     */
    public void expect(int count, String form) throws DmException {
        if (words.size() != count) {
            throw invalid("Invalid argument count: " + words.size() + " instead of the " + count + " of " + form);
        }
    }

    /** How many words have not been read. */
    public int left() {
        return words.size() - next;
    }

    /**
     * The next word.
     *
     * @throws DmException EINVAL with {@code error} if there is none
     */
    public String word(String error) throws DmException {
        if (left() == 0) {
            throw invalid(error + ": there is no more argument");
        }
        return words.get(next++);
    }

    /**
     * The next word as a number from {@code min} to {@code max}.
     *
     * @throws DmException EINVAL with {@code error} if it is none
     */
    public long number(long min, long max, String error) throws DmException {
        return number(word(error), min, max, error);
    }

    /**
     * A word, of a message say, as a number from {@code min} to {@code max}.
     *
     * @throws DmException EINVAL with {@code error} if it is none
     */
    public static long number(String word, long min, long max, String error) throws DmException {
        long number = parse(word);
        if (number < min || number > max) {
            throw invalid(error + ": \"" + word + "\" is not a number from " + min + " to " + max);
        }
        return number;
    }

    /**
     * The next word as the sector of a device that the target begins at, which leaves room for its length.
     *
     * @throws DmException EINVAL with {@code error} if it is none
     */
    public long sector(String error) throws DmException {
        String word = word(error);
        long sector = parse(word);
        if (sector < 0) {
            throw invalid(error + ": \"" + word + "\" is not a decimal number of sectors");
        }
        if (sector > Bio.SECTORS_MAX - context.length()) {
            throw invalid(error + ": offset " + sector + " and length " + context.length() + " reach past sector "
                    + Bio.SECTORS_MAX);
        }
        return sector;
    }

    /**
     * The next word as the count of words that belong to a group behind it; those words, by themselves.
     *
     * @param max how many there may be
     * @throws DmException EINVAL with {@code error} if it is no count, or there are not so many words
     */
    public Arguments group(long max, String error) throws DmException {
        int count = (int) number(0, max, error);
        if (count > left()) {
            throw invalid(error + ": " + count + " are announced, " + left() + " follow");
        }
        Arguments group = new Arguments(context, words.subList(next, next + count));
        next += count;
        return group;
    }

    /**
     * Opens the device of that name; in the kernel's order, that comes after the other arguments have been checked.
     *
     * @throws DmException whatever {@link TargetContext#open} says
     */
    public OpenDevice open(String name) throws DmException {
        try {
            return context.open(name);
        } catch (DmException e) {
            throw new DmException(e.errno(), "Device lookup failed: " + e.getMessage(), e);
        }
    }

    /** EINVAL: what all wrong arguments end with. */
    public static DmException invalid(String problem) {
        return new DmException(Errno.EINVAL, problem);
    }

    /** -1 for what is no number, or none that fits. Stricter than Long.parseLong, which takes signs and any script. */
    private static long parse(String word) {
        try {
            return DECIMAL.matcher(word).matches() ? Long.parseLong(word) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
