package org.dmuser.shim.dm;

import java.util.ArrayList;
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

    /** Those that {@link ServiceLoader} finds, and {@code more}, which it cannot make. */
    public static TargetTypes load(TargetType... more) {
        List<TargetType> types = new ArrayList<>(List.of(more));
        ServiceLoader.load(TargetType.class).forEach(types::add);
        return new TargetTypes(types);
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
