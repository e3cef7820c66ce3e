package org.dmuser.shim.dm;

/**
 * What there is to know of a mapped device, beside its tables, at one moment.
 *
 * @param uuid empty if it has none
 * @param readOnly whether the table asked for is
 * @param live whether it has a live table
 * @param inactive whether it has an inactive table
 * @param deferredRemove whether it will be removed when nobody has it open any more
 * @param targetCount of the table asked for
 * @param sectors its size by the live table
 */
public record DeviceInfo(
        String name,
        String uuid,
        int minor,
        boolean suspended,
        boolean readOnly,
        boolean live,
        boolean inactive,
        boolean deferredRemove,
        int openCount,
        long eventNumber,
        int targetCount,
        long sectors) {

    /** The same with another open count: that of those who know of more users. */
    public DeviceInfo withOpenCount(int count) {
        return new DeviceInfo(
                name,
                uuid,
                minor,
                suspended,
                readOnly,
                live,
                inactive,
                deferredRemove,
                count,
                eventNumber,
                targetCount,
                sectors);
    }
}
