package org.dmuser.cli.base;

/** A command that starts quickly, because it says by its {@link Grammar}, not by annotations, how it is called. */
public abstract class PlainCommand extends DmuserCommand implements Grammar.Owner {
    /** For the fields of the command, each of which adds something to it. */
    protected final Grammar grammar;

    /** @param footer lines below all else in its help */
    protected PlainCommand(String name, String description, String... footer) {
        grammar = new Grammar(this, name, description, footer);
        setSpec(grammar.spec());
    }

    @Override
    public final Grammar grammar() {
        return grammar;
    }
}
