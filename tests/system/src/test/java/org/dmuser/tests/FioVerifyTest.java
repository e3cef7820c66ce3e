package org.dmuser.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Fio;
import org.dmuser.tests.harness.Loops;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes, verified by fio, in every way to get at a handler. */
@SystemTest
class FioVerifyTest {
    private static final long BLOCKS = (64 << 20) / 4096;

    static Stream<Arguments> ways() {
        return Stream.of("memory", "file")
                .flatMap(handler -> Stream.of(0, 1, 4)
                        .flatMap(
                                channels -> Stream.of(false, true).map(loop -> Arguments.of(handler, channels, loop))));
    }

    /** @param channels 0 for embedded, otherwise those of a daemon in a process of its own */
    @ParameterizedTest(name = "{0}, {1} channels, loop device: {2}")
    @MethodSource("ways")
    @Needs({Requirement.FUSE, Requirement.LOOP, Requirement.FIO})
    void shouldHoldWhatWasWritten(String handler, int channels, boolean loop, Sandbox sandbox) throws Exception {
        List<String> words = new ArrayList<>(List.of(handler));
        if (handler.equals("file")) {
            words.addAll(List.of("path=" + sandbox.path("image"), "create=64M"));
        }
        Path file = channels == 0 ? run(sandbox, words) : attach(sandbox, words, channels);
        Path device = loop ? Loops.attach(sandbox, file) : file;
        Fio.startVerify(sandbox, device, "64M").requireNoError(Sandbox.SHORT, 2 * BLOCKS);
        if (loop) {
            Loops.detach(sandbox, device);
        }
        for (CliProcess command : sandbox.commands()) {
            if (channels == 0) {
                command.signal("INT");
                command.await(Sandbox.SHORT).requireSuccess();
            }
        }
    }

    private static Path run(Sandbox sandbox, List<String> handler) throws Exception {
        Path file = sandbox.path("disk");
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(handler);
        words.addAll(List.of("--size", "64M", "--at", file.toString()));
        sandbox.start(words.toArray(String[]::new)).awaitReady();
        return file;
    }

    private static Path attach(Sandbox sandbox, List<String> handler, int channels) throws Exception {
        ServiceRig service = sandbox.serve();
        Path file = service.createUser("disk", (64 << 20) / 512);
        List<String> words = new ArrayList<>(handler);
        words.addAll(List.of("--channels", Integer.toString(channels)));
        service.attach("disk", words.toArray(String[]::new));
        return file;
    }
}
