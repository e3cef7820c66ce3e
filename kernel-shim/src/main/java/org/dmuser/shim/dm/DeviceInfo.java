package org.dmuser.shim.dm;

/**
 * What there is to know of a mapped device, beside its tables, at one moment.
 *
 * @param live whether it has a live table
 * @param inactive whether it has an inactive table
 * @param targetCount of the live table
 */
public record DeviceInfo(
        String name,
        int minor,
        boolean suspended,
        boolean readOnly,
        boolean live,
        boolean inactive,
        int openCount,
        long eventNumber,
        int targetCount) {}
