package org.dmuser.examples.backup.repository.crypto;

/** What opens a repository. */
public enum Encryption {
    NONE("none"),
    PASSPHRASE("passphrase"),
    KEY_FILE("keyfile");

    private final String text;

    Encryption(String text) {
        this.text = text;
    }

    /** As in the configuration. */
    public String text() {
        return text;
    }

    /** The constant of a text; IllegalArgumentException if there is none. */
    public static Encryption of(String text) {
        for (Encryption encryption : values()) {
            if (encryption.text.equals(text)) {
                return encryption;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
