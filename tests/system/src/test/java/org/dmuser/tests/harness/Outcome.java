package org.dmuser.tests.harness;

import java.util.List;

/** How a command ended. */
public record Outcome(List<String> command, int status, String out, String err) {
    /** This, if the command succeeded. */
    public Outcome requireSuccess() {
        if (status != 0) {
            throw new AssertionError("failed: " + this);
        }
        return this;
    }

    /**
     * The one line a command of ours prints when it cannot do what it was asked to.
     *
     * @param words what has to stand in the line
     */
    public String requireOneLine(String... words) {
        if (status == 0 || !err.startsWith("dmuser: ") || err.indexOf('\n') != err.length() - 1) {
            throw new AssertionError("not exactly one line beginning 'dmuser: ' and a status other than 0: " + this);
        }
        for (String word : words) {
            if (!err.contains(word)) {
                throw new AssertionError("'" + word + "' is missing: " + this);
            }
        }
        return err;
    }

    /** The lines it printed. */
    public List<String> lines() {
        return out.lines().toList();
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\n  status " + status + "\n  out: " + out + "\n  err: " + err;
    }
}
