package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Examples;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** The pages about targets: their examples are run as they stand there. */
@SystemTest
@Needs(Requirement.FUSE)
class TargetPagesTest {
    private static final Pattern SECTION = Pattern.compile("^## ([a-z-]+)$", Pattern.MULTILINE);
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private static String page(String name) throws Exception {
        Path docs = CliProcess.launcher().toAbsolutePath().resolveSibling("../docs");
        return Files.readString(docs.resolve(name));
    }

    @Test
    void shouldRunTheExampleOfEachTarget(Sandbox sandbox) throws Exception {
        Examples.run(sandbox, "targets.md");
    }

    @Test
    void shouldHaveASectionForEachTarget() throws Exception {
        Set<String> types =
                TargetTypes.load().all().stream().map(TargetType::name).collect(Collectors.toCollection(TreeSet::new));
        types.add("user");
        Set<String> sections = new TreeSet<>();
        Matcher matcher = SECTION.matcher(page("targets.md"));
        while (matcher.find()) {
            sections.add(matcher.group(1));
        }
        assertEquals(types, sections);
    }

    @Test
    void shouldServeATargetOfSomebodyElse(Sandbox sandbox) throws Exception {
        Matcher source = JAVA.matcher(page("writing-a-target.md"));
        assertTrue(source.find());
        Files.writeString(sandbox.path("CountTargetType.java"), source.group(1));

        Examples.run(sandbox, "writing-a-target.md");
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAClassPath(Sandbox sandbox) throws Exception {
        Path junk = Files.writeString(sandbox.path("junk.jar"), "no jar");
        Path empty = sandbox.emptyDirectory("empty");
        for (String mode : List.of("--detach", "--poll=off")) {
            sandbox.dmuser("serve", mode, "--classpath", junk.toString()).requireOneLine("junk.jar is no jar");
            sandbox.dmuser("serve", mode, "--classpath", empty.toString()).requireOneLine("no target type");
        }
        assertFalse(Files.exists(sandbox.runDirectory().resolve("control")));
    }
}
