package org.dmuser.shim.dm;

import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * A part of a device that a target maps to; the core refuses a table whose targets reach past the end of a device.
 *
 * @param start where it begins on {@code device}, in sectors
 * @param length in sectors
 */
public record DeviceRange(OpenDevice device, long start, long length) {}
