package org.dmuser.cli.base;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What may stand behind the name of a command, put together by the fields that hold it:
 *
 * <pre>{@code
 * private final Value<String> point = grammar.word(String.class, "POINT", "The restore point.");
 * private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON object.");
 * }</pre>
 *
 * <p>Options that several commands have are a class whose constructor adds them to the grammar that it is given.
 *
 * <p>Rejected: annotations, of which picocli can read the same. The first one that a JVM reads takes 50 to 100 ms,
 * mostly for classes that it makes at that moment and no archive holds; that is as long as what a short command does.
 */
public final class Grammar {
    /** A command that has one. */
    public interface Owner {
        Grammar grammar();
    }

    private final CommandSpec spec;
    private int words;

    /**
     * That of a command.
     *
     * @param description its first line stands in the list of commands
     * @param footer lines below all else in the command's help
     */
    public Grammar(Object command, String description, String... footer) {
        spec = CommandSpec.wrapWithoutInspection(command);
        spec.usageMessage().description(description.split("\n")).footer(footer);
    }

    /** For picocli. */
    public CommandSpec spec() {
        return spec;
    }

    /** The next word, which has to be there. */
    public <T> Value<T> word(Class<T> type, String label, String description) {
        return add(next("", label, description).required(true).type(type).build());
    }

    /** The last word; null if it is not there. */
    public <T> Value<T> optionalWord(Class<T> type, String label, String description) {
        return add(next("", label, description).arity("0..1").type(type).build());
    }

    /**
     * All words from here on.
     *
     * @param min how many there have to be, 0 or more
     */
    public Value<List<String>> words(int min, String label, String description) {
        return add(next("..*", label, description)
                .arity(min + "..*")
                .required(min > 0)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .build());
    }

    private PositionalParamSpec.Builder next(String to, String label, String description) {
        return PositionalParamSpec.builder()
                .index(words++ + to)
                .paramLabel(label)
                .description(description);
    }

    /** An option with a value; null if it is not given. */
    public <T> Value<T> option(Class<T> type, String name, String label, String description) {
        return option(type, name, label, description, null);
    }

    /**
     * An option with a value.
     *
     * @param otherwise what counts as written if it is not given
     */
    public <T> Value<T> option(Class<T> type, String name, String label, String description, String otherwise) {
        return add(OptionSpec.builder(name)
                .type(type)
                .paramLabel(label)
                .description(description)
                .defaultValue(otherwise)
                .build());
    }

    /** An option that may be given again and again. */
    public Value<List<String>> list(String name, String label, String description) {
        return add(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .initialValue(List.of())
                .build());
    }

    /** An option without a value. */
    public Value<Boolean> flag(String name, String description) {
        return flag(OptionSpec.builder(name).description(description));
    }

    /** An option without a value that is not for people. */
    public Value<Boolean> hiddenFlag(String name) {
        return flag(OptionSpec.builder(name).hidden(true));
    }

    private Value<Boolean> flag(OptionSpec.Builder option) {
        return add(option.type(boolean.class).initialValue(false).build());
    }

    private <T> Value<T> add(ArgSpec argument) {
        spec.add(argument);
        return new Value<>(argument);
    }

    /** What the user has written; to be asked for when the command runs. */
    public static final class Value<T> {
        private final ArgSpec argument;

        private Value(ArgSpec argument) {
            this.argument = argument;
        }

        public T get() {
            return argument.getValue();
        }
    }
}
