package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a table: {@code <start> <length> <type> <arguments>}.
 *
 * @param number where it stood in the text, from 1; errors name it
 * @param start in sectors
 * @param length in sectors
 * @param arguments the rest of the line, as it was written
 */
public record TableLine(int number, long start, long length, String type, String arguments) {

    /** The first sector behind it. */
    public long end() {
        return start + length;
    }

    /** The words of the arguments: split at white space, with a backslash making the next character an ordinary one. */
    public List<String> words() {
        return words(arguments);
    }

    /** The words of a text, as {@link #words()} has them. */
    public static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '\\' && i + 1 < arguments.length()) {
                word.append(arguments.charAt(++i));
                inWord = true;
            } else if (!isSpace(c)) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** {@code word} as it has to be written in a line so that {@link #words} gives it back. */
    public static String quoted(String word) {
        StringBuilder quoted = new StringBuilder(word.length());
        for (char c : word.toCharArray()) {
            if (c == '\\' || isSpace(c)) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** What dmsetup prints: with one blank behind the type, whether or not anything follows. */
    @Override
    public String toString() {
        return start + " " + length + " " + type + " " + arguments;
    }
}
