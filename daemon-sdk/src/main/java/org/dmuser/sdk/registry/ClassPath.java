package org.dmuser.sdk.registry;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.sdk.config.ConfigException;

/** Jars and directories of classes that are not the SDK's own: {@code a.jar:build/classes}. */
final class ClassPath {
    private ClassPath() {}

    /**
     * A class loader over {@code text}, with that of the SDK above it.
     *
     * @throws ConfigException if a part of it does not exist
     */
    static URLClassLoader open(String text) {
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
        if (!Files.isDirectory(path) && !entry.endsWith(".jar")) {
            throw new ConfigException("class path: " + entry + " is neither a directory nor a .jar");
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new ConfigException("class path: " + entry + " cannot be used: " + e.getMessage(), e);
        }
    }
}
