package org.dmuser.tests.handlers;

/** Its constructor throws. */
public final class NeverMade extends Ram {
    public NeverMade() {
        throw new IllegalStateException("this one cannot be made\nand says so in two lines");
    }
}
