package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** The first example of docs/writing-a-handler.md is compiled, packed and run as it stands there. */
@SystemTest
@Needs(Requirement.FUSE)
class WritingAHandlerTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");

    @Test
    void shouldRunAsWritten(Sandbox sandbox) throws Exception {
        String source = example();
        String name = first(CLASS, source);
        Matcher inPackage = PACKAGE.matcher(source);
        String fullName = inPackage.find() ? inPackage.group(1) + "." + name : name;
        Path jar = pack(sandbox, compile(sandbox, name, source));
        Path file = sandbox.path("disk");
        CliProcess run = sandbox.start(
                        "run", fullName, "--classpath", jar.toString(), "--size", "1M", "--at", file.toString())
                .awaitReady();
        new DeviceIo(sandbox, file).requireUsable();
        run.signal("INT");
        assertEquals(0, run.await(Sandbox.SHORT).status());
    }

    private static String example() throws Exception {
        Path docs = Path.of(System.getProperty("dmuser.launcher")).resolveSibling("../docs/writing-a-handler.md");
        return first(EXAMPLE, Files.readString(docs));
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), () -> pattern + " is not in " + text);
        return matcher.group(1);
    }

    private static Path compile(Sandbox sandbox, String name, String source) throws Exception {
        Path file = Files.writeString(sandbox.path(name + ".java"), source);
        Path classes = sandbox.emptyDirectory("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String sdk = Path.of(BlockHandler.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        List<String> options = List.of("-d", classes.toString(), "-cp", sdk, "-Xlint:all", "-Werror", "" + file);
        assertEquals(0, compiler.run(null, null, null, options.toArray(String[]::new)), "javac");
        return classes;
    }

    private static Path pack(Sandbox sandbox, Path classes) throws Exception {
        Path jar = sandbox.path("handler.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
