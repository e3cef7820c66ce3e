package org.dmuser.cli.run;

import java.io.IOException;
import java.util.List;
import org.dmuser.cli.base.HandlerOptions;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.registry.Handlers;

/** Where the handler of a run comes from. */
public interface HandlerSource {
    /** What it is called in messages; its last word names the device. */
    String name();

    /**
     * Makes it.
     *
     * @param undo takes what has to be closed after the handler
     */
    Handler make(UndoStack undo) throws IOException;

    /** One known by name, or of a class of the user's. */
    static HandlerSource named(String name, List<String> settings, HandlerOptions options) {
        return new HandlerSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Handler make(UndoStack undo) {
                Handlers handlers = options.load();
                undo.push("closing the class path", handlers::close);
                return options.create(handlers, name, settings);
            }
        };
    }
}
