package org.dmuser.sdk.registry;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.dmuser.sdk.config.ConfigException;

/** Jars and directories of classes that are not the SDK's own: {@code a.jar:build/classes}. */
public final class ClassPath {
    private ClassPath() {}

    /**
     * A class loader over {@code text}, with that of the SDK above it.
     *
     * @param text empty for nothing but the SDK's own
     * @throws ConfigException if a part of it does not exist or cannot be read
     */
    public static URLClassLoader open(String text) {
        List<URL> urls = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String entry : text.split(":", -1)) {
                urls.add(url(text, entry));
            }
        }
        return new URLClassLoader("dmuser", urls.toArray(URL[]::new), ClassPath.class.getClassLoader());
    }

    private static URL url(String text, String entry) {
        if (entry.isEmpty()) {
            throw new ConfigException(
                    "class path '" + text + "' has an empty part; write jars and directories with ':'");
        }
        Path path = Path.of(entry);
        if (!Files.isReadable(path)) {
            throw new ConfigException(
                    "class path: " + entry + (Files.exists(path) ? " cannot be read" : " does not exist"));
        }
        if (!Files.isDirectory(path)) {
            checkJar(entry);
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new ConfigException("class path: " + entry + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** A class loader passes over what it cannot read, without a word. */
    private static void checkJar(String entry) {
        if (!entry.endsWith(".jar")) {
            throw new ConfigException("class path: " + entry + " is neither a directory nor a .jar");
        }
        try {
            new JarFile(entry).close();
        } catch (IOException e) {
            throw new ConfigException("class path: " + entry + " is no jar that can be read: " + e.getMessage(), e);
        }
    }
}
