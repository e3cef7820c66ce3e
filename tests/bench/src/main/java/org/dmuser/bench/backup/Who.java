package org.dmuser.bench.backup;

/** Whose a measurement is. */
enum Who {
    RESTIC("restic", false),
    DMUSER("dmuser", true),
    DMUSER_ENCRYPTED("dmuser, encrypted", true),
    CREATE("backup create", true),
    CREATE_NEXT("backup create, 2nd", true),
    RESTORE("backup restore", true),
    DAEMON("backup daemon", true),
    ALONE("alone", false),
    DURING("during a backup", true),
    FILE("file handler", false),
    SNAPSHOT("snapshot handler", true);

    private final String title;
    private final boolean ours;

    Who(String title, boolean ours) {
        this.title = title;
        this.ours = ours;
    }

    String title() {
        return title;
    }

    /** Whether it is what the project makes, or is measured on it. */
    boolean isOurs() {
        return ours;
    }
}
