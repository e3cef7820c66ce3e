package org.dmuser.cli.base;

import java.util.List;
import picocli.CommandLine;
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
 * <p>picocli can read the same from annotations, and does for commands that run for long or are rarely called. The
 * first annotation that a JVM reads takes 50 ms or more, mostly for classes that it makes at that moment and no archive
 * holds, which is as long as what a short command does.
 */
public final class Grammar {
    /** A command that has one. */
    public interface Owner {
        Grammar grammar();
    }

    private final CommandSpec spec;
    private int words;

    /** @param footer lines below all else in the command's help */
    public Grammar(Object command, String name, String description, String... footer) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage().description(description).footer(footer);
    }

    /** For picocli. */
    public CommandSpec spec() {
        return spec;
    }

    /** The next word, which has to be there. */
    public <T> Value<T> word(Class<T> type, String label, String description) {
        PositionalParamSpec word = PositionalParamSpec.builder()
                .index(String.valueOf(words++))
                .type(type)
                .required(true)
                .paramLabel(label)
                .description(description)
                .build();
        spec.addPositional(word);
        return new Value<>(word, null);
    }

    /** An option with a value; null if it is not given. */
    public <T> Value<T> option(Class<T> type, String name, String label, String description) {
        return option(type, name, label, description, null);
    }

    /** An option with a value, {@code otherwise} if it is not given. */
    public <T> Value<T> option(Class<T> type, String name, String label, String description, T otherwise) {
        return option(OptionSpec.builder(name).type(type).paramLabel(label).description(description), otherwise);
    }

    /** An option that may be given again and again. */
    public Value<List<String>> list(String name, String label, String description) {
        OptionSpec.Builder option = OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description);
        return option(option, List.of());
    }

    /** An option without a value. */
    public Value<Boolean> flag(String name, String description) {
        return option(OptionSpec.builder(name).type(boolean.class).description(description), false);
    }

    private <T> Value<T> option(OptionSpec.Builder builder, T otherwise) {
        OptionSpec option = builder.build();
        spec.addOption(option);
        return new Value<>(option, otherwise);
    }

    /** Options that several commands have, as annotations. */
    public <T> T mixin(String name, T annotated) {
        spec.addMixin(name, CommandSpec.forAnnotatedObject(annotated));
        return annotated;
    }

    CommandLine commandLine() {
        return new CommandLine(spec);
    }

    /** What the user has written; to be asked for when the command runs. */
    public static final class Value<T> {
        private final ArgSpec argument;
        private final T otherwise;

        private Value(ArgSpec argument, T otherwise) {
            this.argument = argument;
            this.otherwise = otherwise;
        }

        public T get() {
            T value = argument.getValue();
            return value == null ? otherwise : value;
        }
    }
}
