package org.dmuser.shim.dm;

import org.dmuser.channel.Errno;

/**
 * How a command names a device: by its name, its uuid, or its numbers. The kernel knows no device that is named in two
 * of these ways at a time.
 */
public sealed interface DeviceName {
    /** By name, without the directory. */
    record Named(String name) implements DeviceName {}

    /** By uuid. */
    record Identified(String uuid) implements DeviceName {}

    /** By major and minor number. */
    record Numbered(int major, int minor) implements DeviceName {}

    /** That there is no such device. */
    default DmException unknown() {
        return new DmException(Errno.ENXIO, "no mapped device has the " + describe());
    }

    private String describe() {
        if (this instanceof Named named) {
            return "name \"" + named.name + "\"";
        }
        if (this instanceof Identified identified) {
            return "uuid \"" + identified.uuid + "\"";
        }
        Numbered numbered = (Numbered) this;
        return "number " + numbered.major + ":" + numbered.minor;
    }
}
