package org.dmuser.cli.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dmuser.sdk.control.Registration;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.RunDirectory;

/** A subcommand: {@code call} answers its exit status, and throws what is to be printed as an error. */
public abstract class DmuserCommand implements Grammar.Owner, Callable<Integer> {
    /** What the main command knows and all subcommands may ask for. */
    public interface Root {
        /** The run directory the user means. */
        RunDirectory runDirectory() throws IOException;
    }

    /** For the fields of the command, each of which adds something to it. */
    protected final Grammar grammar;

    /**
     * One that takes what its fields add to its grammar.
     *
     * @param description its first line stands in the list of commands
     * @param footer lines below all else in its help
     */
    protected DmuserCommand(String description, String... footer) {
        grammar = new Grammar(this, description, footer);
    }

    @Override
    public final Grammar grammar() {
        return grammar;
    }

    protected RunDirectory runDirectory() throws IOException {
        return ((Root) grammar.spec().root().userObject()).runDirectory();
    }

    /**
     * Where a handler has its data, as a user names it: a word with a slash in it is the path, any other the name of
     * the device that the handler serves.
     *
     * @throws CliException if no handler that takes commands serves such a device
     */
    protected Path handlerData(String where) throws IOException {
        if (where.indexOf('/') >= 0) {
            return Path.of(where);
        }
        RunDirectory directory = runDirectory();
        return Registration.find(directory.path(), where)
                .orElseThrow(() -> new CliException("no handler with data of its own serves a device '" + where
                        + "' of the service at " + directory
                        + ": attach one, or give the path of the data, with a '/' in it, as in ./" + where));
    }

    protected ControlClient client() throws IOException {
        return new ControlClient(runDirectory());
    }
}
