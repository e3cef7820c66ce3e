package org.dmuser.examples.backup.work;

/**
 * Something that is not what it was, or is gone.
 *
 * @param what names it: the pack, the chunk, what is wrong with it
 * @param affected what cannot be had because of it, in words for the user; empty if nobody looked
 */
public record Damage(String what, String affected) {
    /** One line. */
    @Override
    public String toString() {
        return affected.isEmpty() ? what : what + "; affected: " + affected;
    }
}
