package org.dmuser.cli.manual;

import picocli.CommandLine.Model.OptionSpec;

/** What makes an option of one command the same as that of another: what it is called, and what it means. */
record SharedOption(String name, String description) {
    static SharedOption of(OptionSpec option) {
        return new SharedOption(option.longestName(), String.join(" ", option.description()));
    }
}
