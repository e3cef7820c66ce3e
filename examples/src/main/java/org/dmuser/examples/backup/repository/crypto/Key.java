package org.dmuser.examples.backup.repository.crypto;

import java.nio.file.Path;

/** What the user knows or has. */
public sealed interface Key {

    /** For repositories without encryption. */
    Key NONE = new None();

    Encryption encryption();

    /** Nothing. */
    record None() implements Key {
        @Override
        public Encryption encryption() {
            return Encryption.NONE;
        }
    }

    /**
     * A passphrase.
     *
     * @param characters one at least
     */
    record Passphrase(char[] characters) implements Key {
        @Override
        public Encryption encryption() {
            return Encryption.PASSPHRASE;
        }
    }

    /**
     * A file whose bytes nobody can guess: 32 at least. {@link KeyFiles#create} makes one.
     */
    record File(Path path) implements Key {
        @Override
        public Encryption encryption() {
            return Encryption.KEY_FILE;
        }
    }
}
