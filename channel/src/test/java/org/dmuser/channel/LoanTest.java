package org.dmuser.channel;

import static org.dmuser.channel.Loans.content;
import static org.dmuser.channel.Loans.lendAll;
import static org.dmuser.channel.Loans.lendAllWith;
import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose data is in a slot that was lent to their submitter. */
final class LoanTest {
    private static final int LENGTH = 64 * 1024;

    @Test
    void shouldShowTheDaemonWhatIsInTheSlot() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attachSilently();
            Loan loan = rig.queue().lend();
            Submitted write = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            // A copy would have been made by now.
            byte[] content = random(1, LENGTH);
            loan.data().put(0, content);
            daemon.serve(() -> {});
            Taken taken = daemon.next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            write.assertStatus(Errno.OK);
            loan.giveBack();
        }
    }

    @Test
    void shouldShowTheSubmitterWhatTheDaemonPutsThere() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Loan loan = rig.queue().lend();
            Submitted read = Submitted.in(rig.queue(), RequestType.READ, 0, loan.data(), LENGTH);
            Taken taken = daemon.next();
            byte[] content = random(2, LENGTH);
            taken.message().payload().duplicate().put(content);
            assertArrayEquals(content, content(loan.data(), LENGTH));
            taken.succeed();
            read.assertStatus(Errno.OK);
            assertArrayEquals(content, content(loan.data(), LENGTH));
            loan.giveBack();
        }
    }

    @Test
    void shouldKeepTheSlotOfALoanGivenBackUntilTheAnswer() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Loan loan = rig.queue().lend();
            Submitted write = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            Taken taken = daemon.next();
            loan.giveBack();
            List<Loan> others = lendAll(rig);
            assertFalse(others.contains(loan));
            taken.succeed();
            write.assertStatus(Errno.OK);
            assertEquals(List.of(loan), lendAllWith(loan, rig));
            others.forEach(Loan::giveBack);
            loan.giveBack();
            assertEquals(0, daemon.channel.load());
        }
    }

    /** What is behind the first piece of a bio that was split is copied: it does not begin where a slot does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCopyWhatDoesNotBeginWhereTheSlotDoes(boolean write) throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Loan loan = rig.queue().lend();
            byte[] content = random(3, 2 * LENGTH);
            loan.data().put(0, content);
            RequestType type = write ? RequestType.WRITE : RequestType.READ;
            ByteBuffer rest = loan.data().slice(LENGTH, LENGTH);
            Submitted first = Submitted.in(rig.queue(), type, 0, loan.data(), LENGTH);
            Submitted second = Submitted.in(rig.queue(), type, LENGTH / 512, rest, LENGTH);
            byte[] read = random(4, 2 * LENGTH);
            serveHalf(daemon.next(), write, content, read, 0);
            serveHalf(daemon.next(), write, content, read, LENGTH);
            first.assertStatus(Errno.OK);
            second.assertStatus(Errno.OK);
            assertArrayEquals(write ? content : read, content(loan.data(), 2 * LENGTH));
            loan.giveBack();
        }
    }

    private static void serveHalf(Taken taken, boolean write, byte[] written, byte[] read, int from) {
        if (write) {
            assertArrayEquals(Arrays.copyOfRange(written, from, from + LENGTH), taken.payload());
            taken.succeed();
        } else {
            taken.succeedWith(Arrays.copyOfRange(read, from, from + LENGTH));
        }
    }

    @Test
    void shouldOutliveTheChannel() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon first = rig.attachSilently();
            Loan loan = rig.queue().lend();
            byte[] content = random(5, LENGTH);
            loan.data().put(0, content);
            Submitted write = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            assertTrue(loan.isCurrent());
            first.close();
            assertFalse(loan.isCurrent());
            assertArrayEquals(content, content(loan.data(), LENGTH));
            Taken taken = rig.attach().next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            write.assertStatus(Errno.OK);
            loan.giveBack();
            // Its memory has gone back to the system.
            assertArrayEquals(new byte[LENGTH], content(loan.data(), LENGTH));
        }
    }

    @Test
    void shouldBeGivenBackAtAnyMomentOfTheEnd() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (MemoryChannelRig rig = new MemoryChannelRig()) {
                MemoryDaemon daemon = rig.attach();
                List<Loan> loans = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    loans.add(rig.queue().lend());
                }
                Thread giver = new Thread(() -> loans.forEach(Loan::giveBack), "giver");
                giver.start();
                daemon.close();
                assertTrue(Uninterrupted.join(giver, ChannelRig.limitNs()));
                loans.forEach(loan -> assertEquals(0, loan.data().get(0)));
            }
        }
    }

    /** As without a loan: nobody waits behind a request that takes long while another daemon has time. */
    @Test
    void shouldGoElsewhereThanToADaemonThatHangs() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon hanging = rig.attachHanging();
            Loan loan = rig.queue().lend();
            byte[] content = random(6, LENGTH);
            loan.data().put(0, content);
            Submitted hung = Submitted.read(rig.queue(), 0, 512);
            hanging.next();
            MemoryDaemon working = rig.attach();
            Submitted write = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            Taken taken = working.next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            write.assertStatus(Errno.OK);
            assertFalse(hung.isEnded());
            loan.giveBack();
        }
    }

    @Test
    void shouldBeTakenFromADaemonThatHangsByOneThatHasTime() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon hanging = rig.attachHanging();
            Loan loan = rig.queue().lend();
            byte[] content = random(7, LENGTH);
            loan.data().put(0, content);
            Submitted.read(rig.queue(), 0, 512);
            hanging.next();
            Submitted behind = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            MemoryDaemon working = rig.attach();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            working.next().succeed();
            read.assertStatus(Errno.OK);
            Taken taken = working.next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            behind.assertStatus(Errno.OK);
            loan.giveBack();
        }
    }

    @Test
    void shouldLeaveTheSlotOfWhatExpiresToTheDaemon() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Loan loan = rig.queue().lend();
            Submitted read = Submitted.in(rig.queue(), RequestType.READ, 0, loan.data(), LENGTH);
            Taken taken = daemon.next();
            rig.queue().expire(0, 0, (handler, message) -> {});
            read.assertStatus(Errno.ETIMEDOUT);
            loan.giveBack();
            List<Loan> others = lendAll(rig);
            assertFalse(others.contains(loan));
            others.forEach(Loan::giveBack);
            taken.succeedWith(random(8, LENGTH));
            Submitted next = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            next.assertStatus(Errno.OK);
            List<Loan> all = lendAllWith(loan, rig);
            assertTrue(all.contains(loan));
            all.forEach(Loan::giveBack);
        }
    }

    /** A handler that changes what it is to write, and dies, must not be seen by the next. */
    @Test
    void shouldReissueWhatWasSubmitted() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig(true)) {
            MemoryDaemon dying = rig.attach();
            Loan loan = rig.queue().lend();
            byte[] content = random(9, LENGTH);
            loan.data().put(0, content);
            Submitted write = Submitted.in(rig.queue(), RequestType.WRITE, 0, loan.data(), LENGTH);
            dying.next().message().payload().duplicate().put(new byte[LENGTH]);
            dying.close();
            Taken taken = rig.attach().next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            write.assertStatus(Errno.OK);
            loan.giveBack();
        }
    }
}
