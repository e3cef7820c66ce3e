package org.dmuser.cli.base;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.RunDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand: {@code call} answers its exit status, and throws what is to be printed as an error. */
public abstract class DmuserCommand implements Callable<Integer> {
    /** What the main command knows and all subcommands may ask for. */
    public interface Root {
        /** The run directory the user means. */
        RunDirectory runDirectory() throws IOException;
    }

    @Spec
    private CommandSpec spec;

    protected RunDirectory runDirectory() throws IOException {
        return ((Root) spec.root().userObject()).runDirectory();
    }

    protected ControlClient client() throws IOException {
        return new ControlClient(runDirectory());
    }
}
