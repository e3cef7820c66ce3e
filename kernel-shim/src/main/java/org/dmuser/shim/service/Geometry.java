package org.dmuser.shim.service;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;

/** The geometry that {@code dmsetup setgeometry} gives a device: a file has nobody to tell it to, but it is checked. */
final class Geometry {
    private static final int CYLINDERS_MAX = 65_535;
    private static final int HEADS_MAX = 255;
    private static final int SECTORS_MAX = 255;

    private Geometry() {}

    /**
     * Checks cylinders, heads, sectors and the start, in the kernel's bounds.
     *
     * @throws DmException EINVAL
     */
    static void check(List<String> words) throws DmException {
        long[] numbers;
        try {
            numbers = words.stream().mapToLong(Long::parseLong).toArray();
        } catch (NumberFormatException e) {
            throw new DmException(Errno.EINVAL, "a geometry is four numbers, not \"" + String.join(" ", words) + "\"");
        }
        boolean possible = numbers.length == 4
                && within(numbers[0], CYLINDERS_MAX)
                && within(numbers[1], HEADS_MAX)
                && within(numbers[2], SECTORS_MAX)
                && within(numbers[3], numbers[0] * numbers[1] * numbers[2]);
        if (!possible) {
            throw new DmException(
                    Errno.EINVAL,
                    "no geometry: " + String.join(" ", words) + "; cylinders are at most " + CYLINDERS_MAX
                            + ", heads and sectors " + HEADS_MAX + ", and the start lies within their product");
        }
    }

    private static boolean within(long number, long max) {
        return number >= 0 && number <= max;
    }
}
