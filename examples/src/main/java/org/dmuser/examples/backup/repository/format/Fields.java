package org.dmuser.examples.backup.repository.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Lines of {@code key=value}, as in the configuration, points and locks: short, in an order, readable without a
 * program. Line ends and percent signs in values are written {@code %0A}, {@code %0D} and {@code %25}.
 */
public final class Fields {
    private final String object;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param object whose fields they are, for messages */
    public Fields(String object) {
        this.object = object;
    }

    /** The fields of stored bytes. */
    public static Fields parse(String object, ByteBuffer bytes) throws DamagedException {
        Fields fields = new Fields(object);
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            int equals = text.indexOf('=', start);
            if (end < 0 || equals < 0 || equals > end) {
                throw new DamagedException(object, "it should be lines of key=value, and is not at character " + start);
            }
            fields.values.put(text.substring(start, equals), unescaped(text.substring(equals + 1, end)));
            start = end + 1;
        }
        return fields;
    }

    public Fields put(String key, Object value) {
        values.put(key, value.toString());
        return this;
    }

    /** The lines. */
    public ByteBuffer bytes() {
        StringBuilder text = new StringBuilder(256);
        values.forEach((key, value) ->
                text.append(key).append('=').append(escaped(value)).append('\n'));
        return StandardCharsets.UTF_8.encode(text.toString());
    }

    public String text(String key) throws DamagedException {
        String value = values.get(key);
        if (value == null) {
            throw new DamagedException(object, "it has no field " + key);
        }
        return value;
    }

    public long number(String key) throws DamagedException {
        return value(key, Long::parseLong);
    }

    /** A field read by a function that throws some RuntimeException where it cannot. */
    public <T> T value(String key, Function<String, T> reader) throws DamagedException {
        String text = text(key);
        try {
            return reader.apply(text);
        } catch (RuntimeException e) {
            throw new DamagedException(object, "its field " + key + " is '" + text + "'");
        }
    }

    /** All fields, in their order. */
    public Map<String, String> all() {
        return values;
    }

    private static String escaped(String value) {
        return value.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
    }

    private static String unescaped(String value) {
        return value.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }
}
