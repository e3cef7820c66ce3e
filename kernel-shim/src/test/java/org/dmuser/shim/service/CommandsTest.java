package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.dm.TargetTypes;
import org.junit.jupiter.api.Test;

class CommandsTest {
    /** A type of somebody's, in whose jar a class is missing that is not needed at once. */
    private static final class Incomplete implements TargetType {
        private boolean complete = true;

        @Override
        public String name() {
            return "incomplete";
        }

        @Override
        public String version() {
            if (complete) {
                return "1.0.0";
            }
            throw new NoClassDefFoundError("org/example/Missing");
        }

        @Override
        public Target create(TargetContext context, List<String> arguments) {
            throw new AssertionError();
        }
    }

    @Test
    void shouldAnswerWhateverATargetTypeThrows() {
        Incomplete type = new Incomplete();
        Commands commands = new Commands(null, new TargetTypes(List.of(type)));
        type.complete = false;

        ControlReply reply = commands.run(ControlCommand.TARGETS, List.of());

        assertEquals(Errno.EIO, reply.errno());
        assertEquals(List.of("java.lang.NoClassDefFoundError: org/example/Missing"), reply.problems());
    }
}
