package org.dmuser.cli.base;

import java.util.Collection;
import java.util.stream.Collectors;

/** Builds the text of a JSON object, in the order in which its members are added. One thread. */
public final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    public JsonObject put(String name, String value) {
        return raw(name, quoted(value));
    }

    public JsonObject put(String name, long value) {
        return raw(name, Long.toString(value));
    }

    public JsonObject put(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    public JsonObject put(String name, JsonObject value) {
        return raw(name, value.toString());
    }

    /** An array of objects. */
    public JsonObject put(String name, Collection<JsonObject> values) {
        return raw(name, array(values));
    }

    /** An array of strings. */
    public JsonObject putStrings(String name, Collection<String> values) {
        return raw(name, array(values.stream().map(JsonObject::quoted).toList()));
    }

    private JsonObject raw(String name, String value) {
        if (text.length() > 1) {
            text.append(", ");
        }
        text.append(quoted(name)).append(": ").append(value);
        return this;
    }

    /** The text of an array. */
    public static String array(Collection<?> texts) {
        return texts.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** The text, on one line. */
    @Override
    public String toString() {
        return text + "}";
    }
}
