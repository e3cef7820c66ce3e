package org.dmuser.tests;

import org.dmuser.tests.harness.Examples;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** The page of the stream channel. */
@SystemTest
@Needs({Requirement.FUSE, Requirement.GCC})
class StreamPageTest {
    @Test
    void shouldRunItsExample(Sandbox sandbox) throws Exception {
        Examples.run(sandbox, "stream-channel.md");
    }
}
