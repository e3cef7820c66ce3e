package org.dmuser.tests.harness;

/** Mount name spaces of their own, made by {@code unshare}. */
public final class MountNamespace {
    /**
     * For a shell, first of all: takes away the copies of what other tests have mounted. What they unmount meanwhile
     * would not be unmounted as long as there is a copy.
     */
    public static final String ALONE = "while read -r _ _ _ _ at _; do case $at in */dmuser-*|*/junit*)"
            + " umount -cil \"$at\" 2>/dev/null || :;; esac; done </proc/self/mountinfo; ";

    private MountNamespace() {}
}
