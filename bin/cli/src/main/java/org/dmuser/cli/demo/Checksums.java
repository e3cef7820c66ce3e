package org.dmuser.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/**
 * All files of a directory and of those below it.
 *
 * @param files from where a file is, seen from the directory, to its SHA-256
 */
record Checksums(Map<Path, String> files) {
    private static final int BUFFER = 1 << 16;

    static Checksums of(Path directory, StopSignal stop) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(directory)) {
            found = walk.filter(Files::isRegularFile).toList();
        }
        Map<Path, String> files = new TreeMap<>();
        for (Path file : found) {
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            files.put(directory.relativize(file), sha256(file));
        }
        return new Checksums(files);
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream input = Files.newInputStream(file)) {
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Compares with what there was.
     *
     * @throws CliException if a file is missing, is there though it was not, or differs
     */
    void requireSame(Checksums before) {
        TreeSet<Path> all = new TreeSet<>(files.keySet());
        all.addAll(before.files.keySet());
        for (Path file : all) {
            String was = before.files.getOrDefault(file, "no such file");
            String is = files.getOrDefault(file, "no such file");
            if (!was.equals(is)) {
                throw new CliException(file + " was " + was + " at the moment of the backup, and is " + is);
            }
        }
    }
}
