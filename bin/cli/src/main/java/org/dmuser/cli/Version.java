package org.dmuser.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.service.FuseKind;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows: what runs here, and which ways to FUSE there are on this machine. */
final class Version implements IVersionProvider {
    /** What that is, for help. */
    static final String SUBJECT = "the versions of dmuser, Java and Linux, and which ways to FUSE there are";

    /** The version of this program, "unknown" where it was not started from its jar. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "dmuser " + number() + " on Java " + System.getProperty("java.version") + ", Linux "
                    + System.getProperty("os.version") + ", " + System.getProperty("os.arch"),
            "FUSE: " + transports()
        };
    }

    private static String transports() {
        List<String> there = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (FuseKind kind : List.of(FuseKind.NATIVE, FuseKind.JNR, FuseKind.URING)) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            try {
                kind.check();
                there.add(name);
            } catch (MountException e) {
                missing.add("not " + name + " (" + e.getMessage() + ")");
            }
        }
        String names = there.isEmpty() ? "none" : String.join(", ", there);
        return missing.isEmpty() ? names : names + "; " + String.join("; ", missing);
    }
}
