package org.dmuser.bench.backup;

/**
 * One measurement.
 *
 * @param value in the unit of its quantity: seconds, bytes, requests or bytes a second
 * @param processorSeconds time of processors that the command took, in user mode and in the kernel; 0 where nobody
 *     looked
 */
record Measurement(Quantity quantity, Who who, double value, double processorSeconds) {
    Measurement(Quantity quantity, Who who, double value) {
        this(quantity, who, value, 0);
    }
}
