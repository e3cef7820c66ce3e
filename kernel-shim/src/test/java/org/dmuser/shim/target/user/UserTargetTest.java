package org.dmuser.shim.target.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.AttachException;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.DirectChannel;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestFlags;
import org.dmuser.channel.RequestType;
import org.dmuser.channel.ResponseType;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.TargetContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class UserTargetTest {
    private final List<String> reports = new CopyOnWriteArrayList<>();

    /** Nobody but the test looks after timeouts, by its own clock. */
    private final UserTargets targets = new UserTargets(reports::add, task -> new Thread(() -> {}));

    private static final String FAR_MS = "3600000";

    private static final long FAR_NS = TimeUnit.HOURS.toNanos(1);

    private final List<String> seen = new ArrayList<>();
    private final List<Errno> ends = new ArrayList<>();

    private UserTarget target(String controlName, String... features) throws DmException {
        List<String> arguments = new ArrayList<>(List.of("0", "2048", controlName));
        arguments.addAll(List.of(features));
        return target(targets, arguments);
    }

    private static UserTarget target(UserTargets among, List<String> arguments) throws DmException {
        return (UserTarget) new UserTargetType(among).create(new Context("disk"), arguments);
    }

    private void serve(UserTarget target) throws AttachException {
        DirectChannel.open(
                target.queue(),
                message -> {
                    seen.add(message.seq() + " " + RequestType.of(message.type()) + " " + message.flags() + " "
                            + message.sector() + " " + message.length() + " "
                            + message.payload().remaining());
                    message.answer(ResponseType.SUCCESS, Errno.OK);
                },
                error -> {
                    throw new AssertionError(error);
                });
    }

    private void map(UserTarget target, BioOp op, long flags, long sector, long length, ByteBuffer data) {
        Bio bio = new Bio();
        bio.start(op, flags, sector, length, data, (ended, status) -> {
            ends.add(status);
            return status;
        });
        assertEquals(MapResult.SUBMITTED, target.map(bio));
    }

    @Test
    void shouldMakeAMessageOfEachBio() throws DmException, AttachException {
        UserTarget target = target("control");
        serve(target);
        map(target, BioOp.READ, 0, 8, 512, ByteBuffer.allocateDirect(4096));
        map(target, BioOp.WRITE, RequestFlags.FUA, 16, 1024, ByteBuffer.allocateDirect(1024));
        map(target, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
        map(target, BioOp.DISCARD, 0, 0, 1L << 40, null);
        map(target, BioOp.WRITE_ZEROES, RequestFlags.NOUNMAP, 24, 4096, null);
        assertEquals(
                List.of(
                        "0 READ 0 8 512 512",
                        "1 WRITE 512 16 1024 1024",
                        "2 WRITE 1024 0 0 0",
                        "3 DISCARD 0 0 1099511627776 0",
                        "4 WRITE_ZEROES 32768 24 4096 0"),
                seen);
        assertEquals(List.of(Errno.OK, Errno.OK, Errno.OK, Errno.OK, Errno.OK), ends);
    }

    @Test
    void shouldLimitAPieceWithDataToASlotAndNoOther() throws DmException {
        UserTarget target = target("control");
        ByteBuffer data = ByteBuffer.allocateDirect(4096);
        Bio read = new Bio().start(BioOp.READ, 0, 0, 4096, data, (bio, status) -> status);
        assertEquals(MessageQueue.PAYLOAD_MAX, target.lengthMax(read));
        Bio discard = new Bio().start(BioOp.DISCARD, 0, 0, 4096, null, (bio, status) -> status);
        assertTrue(target.lengthMax(discard) >= 1L << 60);
    }

    @Test
    void shouldKeepBiosForADaemonAndFailThemWhenClosed() throws DmException {
        UserTarget target = target("control");
        for (int i = 0; i < 300; i++) {
            map(target, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
        }
        assertEquals(300, target.queue().undelivered());
        assertTrue(ends.isEmpty());
        target.close();
        assertEquals(300, ends.stream().filter(Errno.EIO::equals).count());
        map(target, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
        assertEquals(301, ends.size());
    }

    @Test
    void shouldBeFoundByControlNameAndByDevice() throws DmException {
        UserTarget first = target("one");
        UserTarget second = target("two");
        assertEquals(Optional.of(first), targets.find("one"));
        assertEquals(List.of(first, second), targets.ofDevice("disk"));
        first.close();
        assertEquals(Optional.empty(), targets.find("one"));
        assertEquals(List.of(second), targets.ofDevice("disk"));
    }

    @Test
    void shouldRefuseAControlNameInUse() throws DmException {
        UserTarget first = target("control");
        DmException refused = assertThrows(DmException.class, () -> target("control"));
        assertEquals(Errno.EBUSY, refused.errno());
        assertEquals(Optional.of(first), targets.find("control"));
        first.close();
        target("control").close();
    }

    @Test
    void shouldRefuseFewerThanThreeArguments() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("0", "1"))) {
            DmException refused = assertThrows(DmException.class, () -> target(targets, arguments));
            assertEquals(Errno.EINVAL, refused.errno());
            assertTrue(refused.getMessage().startsWith("Invalid argument count"), refused::getMessage);
        }
    }

    @Test
    void shouldPrintItsArgumentsAsGiven() throws DmException {
        assertEquals("0 2048 plain", target("plain").table());
        String[] features = {"4", "on_crash", "reissue", "request_timeout_ms", "0005"};
        UserTarget target = target("a name", features);
        assertEquals("0 2048 a\\ name 4 on_crash reissue request_timeout_ms 0005", target.table());
        assertEquals("a name", target.controlName());
        assertEquals(Optional.of(target), targets.find("a name"));
        target.close();
    }

    @Test
    void shouldEndWhatIsNotAnsweredInTimeAndSayWhich() throws Exception {
        UserTarget target = target("control", "2", "request_timeout_ms", FAR_MS);
        List<DeliveredMessage> hung = hang(target);
        map(target, BioOp.READ, 0, 8, 512, ByteBuffer.allocateDirect(512));
        map(target, BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
        target.checkTimeouts(0);
        target.checkTimeouts(FAR_NS - 1);
        assertEquals(List.of(), ends);
        target.checkTimeouts(FAR_NS);
        assertEquals(List.of(Errno.ETIMEDOUT, Errno.ETIMEDOUT), ends);
        assertEquals(2, reports.size());
        assertTrue(
                reports.get(0)
                        .startsWith("device disk: handler slow has not answered READ of 512 bytes at offset 4096"
                                + " within " + FAR_MS + " ms: "),
                reports::toString);
        assertTrue(reports.get(1).contains(" FLUSH within "), reports::toString);
        hung.forEach(message -> message.answer(ResponseType.SUCCESS, Errno.OK));
        assertEquals(2, ends.size());
        target.close();
        assertEquals(2, ends.size());
    }

    @Test
    void shouldSayOfManyThatThereWereMore() throws Exception {
        UserTarget target = target("control", "2", "request_timeout_ms", FAR_MS);
        hang(target);
        for (int i = 0; i < 100; i++) {
            map(target, BioOp.DISCARD, 0, i, 512, null);
        }
        target.checkTimeouts(0);
        target.checkTimeouts(FAR_NS);
        assertEquals(100, ends.size());
        assertEquals(5, reports.size());
        target.checkTimeouts(2 * FAR_NS);
        assertEquals(6, reports.size());
        assertTrue(reports.get(5).startsWith("device disk: 95 more requests "), reports::toString);
        target.close();
    }

    @Test
    void shouldGiveUpWithoutADaemonAndSaySoOnce() throws Exception {
        UserTarget target = target("control", "2", "no_daemon_timeout_ms", FAR_MS);
        map(target, BioOp.DISCARD, 0, 0, 512, null);
        target.checkTimeouts(0);
        assertEquals(List.of(), ends);
        target.checkTimeouts(FAR_NS);
        target.checkTimeouts(2 * FAR_NS);
        map(target, BioOp.DISCARD, 0, 0, 512, null);
        assertEquals(List.of(Errno.EIO, Errno.EIO), ends);
        assertEquals(
                List.of("device disk: no daemon for " + FAR_MS + " ms: requests fail with EIO until there is one:"
                        + " dmuser attach control HANDLER"),
                reports);
        serve(target);
        map(target, BioOp.DISCARD, 0, 0, 512, null);
        assertEquals(Errno.OK, ends.get(2));
        target.close();
    }

    @Test
    @Timeout(60)
    void shouldLookAfterTimeoutsByAThreadOnlyWhereThereAreAny() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        UserTargets timed = new UserTargets(reports::add, task -> {
            threads.add(Timekeeper.newThread(task));
            return threads.get(threads.size() - 1);
        });
        UserTarget plain = target(timed, List.of("0", "2048", "plain", "2", "on_crash", "reissue"));
        assertEquals(List.of(), threads);
        UserTarget first = target(timed, List.of("0", "2048", "first", "2", "request_timeout_ms", "5"));
        UserTarget second = target(timed, List.of("0", "2048", "second", "2", "no_daemon_timeout_ms", FAR_MS));
        assertEquals(1, threads.size());
        hang(first);
        CountDownLatch ended = new CountDownLatch(1);
        Bio bio = new Bio();
        bio.start(BioOp.DISCARD, 0, 0, 512, null, (it, status) -> {
            ends.add(status);
            ended.countDown();
            return status;
        });
        first.map(bio);
        ended.await();
        assertEquals(List.of(Errno.ETIMEDOUT), ends);
        first.close();
        assertTrue(threads.get(0).isAlive());
        second.close();
        threads.get(0).join();
        target(timed, List.of("0", "2048", "third", "2", "request_timeout_ms", "5"))
                .close();
        assertEquals(2, threads.size());
        plain.close();
    }

    /** Attaches a handler that leaves everything unanswered. */
    private static List<DeliveredMessage> hang(UserTarget target) throws AttachException {
        List<DeliveredMessage> messages = new ArrayList<>();
        DirectChannel.open(target.queue(), "slow", messages::add, Runnable::run, error -> {
            throw new AssertionError(error);
        });
        return messages;
    }

    @Test
    void shouldRefuseAControlNameThatIsNoFileName() {
        for (String name : List.of(".", "..", "a/b", "x".repeat(128))) {
            DmException refused = assertThrows(DmException.class, () -> target(name));
            assertEquals(Errno.EINVAL, refused.errno());
            assertTrue(refused.getMessage().contains(name), refused::getMessage);
        }
    }

    private record Context(String deviceName) implements TargetContext {
        @Override
        public long start() {
            return 0;
        }

        @Override
        public long length() {
            return 2048;
        }

        @Override
        public boolean readOnly() {
            return false;
        }

        @Override
        public OpenDevice open(String name) {
            throw new AssertionError("a user target opens nothing");
        }

        @Override
        public void raiseEvent() {
            throw new AssertionError("a user target raises no event");
        }

        @Override
        public Future<?> schedule(Runnable task, long delayNs) {
            throw new AssertionError("a user target puts nothing off");
        }

        @Override
        public void report(String problem) {
            throw new AssertionError("a user target has a place of its own for reports: " + problem);
        }
    }
}
