package org.dmuser.shim.dm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;

/** The target types there are, by name. */
public final class TargetTypes {
    /** The kernel's, whose buffer has one more. */
    private static final int NAME_BYTES_MAX = 15;

    private static final Pattern NAME = Pattern.compile("\\S+");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    private final SortedMap<String, TargetType> byName = new TreeMap<>();

    /**
     * These types and no others.
     *
     * @throws IllegalArgumentException if two have the same name, or one cannot have the name or version it has
     */
    public TargetTypes(Collection<TargetType> types) {
        for (TargetType type : types) {
            check(type);
            TargetType other = byName.putIfAbsent(type.name(), type);
            if (other != null) {
                throw new IllegalArgumentException("target type \"" + type.name() + "\" exists twice: " + origin(other)
                        + " and " + origin(type) + "; give one of them another name");
            }
        }
    }

    /** Those that {@link ServiceLoader} finds beside this class, and {@code more}, which it cannot make. */
    public static TargetTypes load(TargetType... more) {
        return load(TargetTypes.class.getClassLoader(), more);
    }

    /**
     * Those that {@link ServiceLoader} finds, and {@code more}, which it cannot make.
     *
     * @param loader if not that of this class, it must have a type of its own
     * @throws IllegalArgumentException in one line, if it has not, or one cannot be loaded, or is wrong
     */
    public static TargetTypes load(ClassLoader loader, TargetType... more) {
        List<TargetType> types = new ArrayList<>(List.of(more));
        boolean foreign = loader != TargetTypes.class.getClassLoader();
        try {
            ServiceLoader.load(TargetType.class, loader).stream().forEach(found -> types.add(make(found)));
            if (foreign && types.stream().noneMatch(type -> type.getClass().getClassLoader() == loader)) {
                throw new IllegalArgumentException("there is no target type on the class path: list the classes in a"
                        + " file META-INF/services/" + TargetType.class.getName());
            }
            return new TargetTypes(types);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException("a target type cannot be loaded: " + reason(e), e);
        }
    }

    private static TargetType make(ServiceLoader.Provider<TargetType> found) {
        try {
            return found.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException(
                    "target type " + found.type().getName() + " cannot be made: " + reason(e), e);
        }
    }

    /** What was thrown first, in one line. */
    private static String reason(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String text = first instanceof ServiceConfigurationError ? first.getMessage() : first.toString();
        return String.join(" ", text.lines().toList());
    }

    private static void check(TargetType type) {
        String name = type.name();
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "target type " + origin(type) + " is called \"" + name + "\": a name is one word");
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("target type \"" + name + "\" (" + origin(type) + ") has a name of "
                    + length + " bytes: at most " + NAME_BYTES_MAX + " are possible");
        }
        if (type.version() == null || !VERSION.matcher(type.version()).matches()) {
            throw new IllegalArgumentException("target type \"" + name + "\" (" + origin(type) + ") has the version \""
                    + type.version() + "\": write three numbers, as in 1.0.0");
        }
    }

    private static String origin(TargetType type) {
        return type.getClass().getName();
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
