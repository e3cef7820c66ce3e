package org.dmuser.bench.contender;

import java.io.IOException;

/** A contender that is no more than a name and a way to start. */
record Peer(String name, String what, Start start) implements Contender {
    /** Starts it, as {@link Contender#start}. */
    @FunctionalInterface
    interface Start {
        Server on(Stage stage) throws IOException, InterruptedException;
    }

    @Override
    public Server start(Stage stage) throws IOException, InterruptedException {
        return start.on(stage);
    }
}
