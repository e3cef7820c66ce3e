package org.dmuser.shim.target.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmuser.channel.AttachException;
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

final class UserTargetTest {
    private final UserTargets targets = new UserTargets();
    private final UserTargetType type = new UserTargetType(targets);
    private final List<String> seen = new ArrayList<>();
    private final List<Errno> ends = new ArrayList<>();

    private UserTarget target(String controlName) throws DmException {
        return (UserTarget) type.create(new Context("disk"), List.of("0", "2048", controlName));
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
    void shouldRefuseOtherThanThreeArguments() {
        for (List<String> arguments : List.of(List.<String>of(), List.of("0", "1"), List.of("0", "1", "c", "x"))) {
            DmException refused = assertThrows(DmException.class, () -> type.create(new Context("disk"), arguments));
            assertEquals(Errno.EINVAL, refused.errno());
            assertTrue(refused.getMessage().startsWith("Invalid argument count"), refused::getMessage);
        }
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
    }
}
