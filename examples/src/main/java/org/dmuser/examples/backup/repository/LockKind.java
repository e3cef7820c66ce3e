package org.dmuser.examples.backup.repository;

/** What someone who has locked a repository may do beside others. */
public enum LockKind {
    /** Reads, beside others that read or write. */
    READ("reads"),
    /** Adds, beside others that read. */
    WRITE("writes"),
    /** Removes, beside nobody. */
    EXCLUSIVE("prunes");

    private final String verb;

    LockKind(String verb) {
        this.verb = verb;
    }

    /** What the holder does, for messages. */
    String verb() {
        return verb;
    }

    /** Whether two holders can be at work at the same time. */
    boolean goesWith(LockKind other) {
        return this != EXCLUSIVE && other != EXCLUSIVE && !(this == WRITE && other == WRITE);
    }
}
