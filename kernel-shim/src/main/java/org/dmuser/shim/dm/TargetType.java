package org.dmuser.shim.dm;

import java.util.List;

/** What a table line's third word names: makes targets. Found by {@link java.util.ServiceLoader}. */
public interface TargetType {
    /** At most 15 bytes, as in a table line. */
    String name();

    /** {@code major.minor.patch}, the kernel's where the kernel has this type. */
    String version();

    /**
     * Makes the target of one line.
     *
     * @param arguments the words behind the type
     * @throws DmException with the kernel's error number and text
     */
    Target create(TargetContext context, List<String> arguments) throws DmException;
}
