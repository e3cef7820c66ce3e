package org.dmuser.shim.dm;

import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dmuser.channel.Errno;

/** The target types there are, by name. */
public final class TargetTypes {
    private final SortedMap<String, TargetType> byName = new TreeMap<>();

    /**
     * These types and no others.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public TargetTypes(Collection<TargetType> types) {
        for (TargetType type : types) {
            TargetType other = byName.putIfAbsent(type.name(), type);
            if (other != null) {
                throw new IllegalArgumentException("target type \"" + type.name() + "\" exists twice: "
                        + other.getClass().getName() + " and " + type.getClass().getName());
            }
        }
    }

    /** Those that {@link ServiceLoader} finds. */
    public static TargetTypes load() {
        return new TargetTypes(ServiceLoader.load(TargetType.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * The type of this name.
     *
     * @throws DmException EINVAL if there is none
     */
    public TargetType find(String name) throws DmException {
        TargetType type = byName.get(name);
        if (type == null) {
            throw new DmException(
                    Errno.EINVAL,
                    "unknown target type \"" + name + "\": known are " + String.join(", ", byName.keySet()));
        }
        return type;
    }

    /** All of them, by name. */
    public List<TargetType> all() {
        return List.copyOf(byName.values());
    }
}
