package org.dmuser.sdk.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the user wrote behind the name of a handler or filter, handed to whoever makes it.
 *
 * <p>Every key that is asked for is known from then on, so {@link #rejectUnknown} can name what nobody wanted. Used
 * by one thread, while the handler is made.
 */
public final class HandlerConfig {
    private final String owner;
    private final Map<String, String> given;
    private final Map<String, ConfigKey<?>> known = new LinkedHashMap<>();

    private HandlerConfig(String owner, Map<String, String> given) {
        this.owner = owner;
        this.given = given;
    }

    /**
     * Reads {@code key=value} words.
     *
     * @param owner whose configuration this is, as error messages begin: {@code "handler file"}
     * @throws ConfigException if a word has no {@code =}, no key, or a key that came before
     */
    public static HandlerConfig of(String owner, List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new ConfigException(owner + ": '" + word + "' is not key=value");
            }
            String key = word.substring(0, equals);
            String before = given.put(key, word.substring(equals + 1));
            if (before != null) {
                throw new ConfigException(
                        owner + ": " + key + " is given twice, as '" + before + "' and '" + given.get(key) + "'");
            }
        }
        return new HandlerConfig(owner, given);
    }

    /** Whose it is, as error messages begin. */
    public String owner() {
        return owner;
    }

    /**
     * What was given for {@code key}, or else its default.
     *
     * @throws ConfigException if what was given is not of its type, or nothing was given and it has no default
     */
    public <T> T value(ConfigKey<T> key) {
        return find(key).orElseThrow(() -> new ConfigException(owner + ": " + key.name() + " is missing; give " + key));
    }

    /**
     * What was given for {@code key}, or else its default, or else nothing.
     *
     * @throws ConfigException if what was given is not of its type
     */
    public <T> Optional<T> find(ConfigKey<T> key) {
        known.put(key.name(), key);
        String text = given.getOrDefault(key.name(), key.defaultText());
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(key.parse(text));
        } catch (ConfigException e) {
            throw new ConfigException(owner + ": " + key.name() + ": " + e.getMessage(), e);
        }
    }

    /** Makes {@code keys} known before anybody asks for them. */
    public void declare(Collection<ConfigKey<?>> keys) {
        keys.forEach(key -> known.put(key.name(), key));
    }

    /**
     * Ends with an error if a key was given that is not known.
     *
     * @throws ConfigException naming it, and those that are known with their meaning
     */
    public void rejectUnknown() {
        for (String key : given.keySet()) {
            if (!known.containsKey(key)) {
                throw new ConfigException(owner + ": unknown key '" + key + "'; " + describeKnown());
            }
        }
    }

    private String describeKnown() {
        if (known.isEmpty()) {
            return "it takes none";
        }
        return "it knows " + known.values().stream().map(ConfigKey::toString).collect(Collectors.joining(", "));
    }
}
