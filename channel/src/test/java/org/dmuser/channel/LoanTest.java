package org.dmuser.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose data is in a slot that was lent to their submitter. */
final class LoanTest {
    private static final int LENGTH = 64 * 1024;

    @Test
    void shouldLendNothingWithoutADaemon() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            assertFalse(rig.queue().lends());
            assertNull(rig.queue().lend());
            MemoryDaemon daemon = rig.attach();
            assertTrue(rig.queue().lends());
            daemon.close();
            assertFalse(rig.queue().lends());
            assertNull(rig.queue().lend());
        }
    }

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

    /** So that what others submit meanwhile finds its way. */
    @Test
    void shouldNeverLendTheLastSlot() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            List<Loan> loans = lendAll(rig);
            assertEquals(ChannelFileDescriptor.SLOTS - 1, loans.size());
            for (int i = 0; i < 3; i++) {
                Submitted write = Submitted.write(rig.queue(), i, random(i, LENGTH));
                Taken taken = daemon.next();
                assertArrayEquals(random(i, LENGTH), taken.payload());
                taken.succeed();
                write.assertStatus(Errno.OK);
            }
            loans.forEach(Loan::giveBack);
        }
    }

    @Test
    void shouldLendOfTheDaemonWithTheLeastToDo() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon busy = rig.attach();
            Submitted.read(rig.queue(), 0, 512);
            busy.next();
            rig.attach();
            Loan loan = rig.queue().lend();
            busy.close();
            assertTrue(loan.isCurrent());
            loan.giveBack();
        }
    }

    @Test
    void shouldLendOfAnyDaemonThatHasASlotToSpare() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon idle = rig.attach();
            List<Loan> loans = lendAll(rig);
            MemoryDaemon busy = rig.attach();
            Submitted first = Submitted.read(rig.queue(), 0, 512);
            Submitted.read(rig.queue(), 1, 512);
            busy.next();
            idle.next().succeed();
            first.assertStatus(Errno.OK);
            Loan loan = rig.queue().lend();
            assertNotNull(loan);
            busy.close();
            assertFalse(loan.isCurrent());
            loan.giveBack();
            loans.forEach(Loan::giveBack);
        }
    }

    @Test
    void shouldLendNothingWhileMessagesWaitForASlot() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            rig.attach();
            List<Loan> loans = lendAll(rig);
            Submitted.read(rig.queue(), 0, 512);
            Submitted.read(rig.queue(), 1, 512);
            assertNull(rig.queue().lend());
            loans.forEach(Loan::giveBack);
        }
    }

    @Test
    void shouldLetWhatWaitsHaveALoanThatIsGivenBack() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            List<Loan> loans = lendAll(rig);
            Submitted.read(rig.queue(), 0, 512);
            daemon.next();
            Submitted waiting = Submitted.read(rig.queue(), 1, 512);
            assertEquals(1, rig.queue().undelivered());
            loans.get(0).giveBack();
            daemon.next().succeed();
            waiting.assertStatus(Errno.OK);
            loans.subList(1, loans.size()).forEach(Loan::giveBack);
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

    @Test
    void shouldGoOnWhereThereIsNoMemoryToBeLent() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("3m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            MemoryDaemon daemon = rig.attach();
            Loan loan = rig.queue().lend();
            assertNotNull(loan);
            assertNull(rig.queue().lend());
            loan.data().put(MessageQueue.PAYLOAD_MAX - 1, (byte) 1);
            for (int i = 0; i < 3; i++) {
                Submitted lent = Submitted.in(rig.queue(), RequestType.WRITE, i, loan.data(), MessageQueue.PAYLOAD_MAX);
                Submitted own = Submitted.write(rig.queue(), i, random(i, MessageQueue.PAYLOAD_MAX));
                daemon.next().succeed();
                daemon.next().succeed();
                lent.assertStatus(Errno.OK);
                own.assertStatus(Errno.OK);
            }
            loan.giveBack();
        }
    }

    @Test
    void shouldLendAgainWhenThereIsMemoryAgain() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("3m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            rig.attach();
            List<Loan> loans = lendAll(rig);
            assertEquals(1, loans.size());
            memory.resize("5m");
            long deadlineNs = System.nanoTime() + ChannelRig.limitNs();
            while (loans.size() < 3) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "nothing is lent any more");
                loans.addAll(lendAll(rig));
                Thread.yield();
            }
            assertEquals(1, rig.reports.size(), rig.reports::toString);
            loans.forEach(Loan::giveBack);
        }
    }

    /** Two who find that the same slot wants memory are not one to whom there is none. */
    @Test
    void shouldNotTakeAnotherOnesMemoryForAShortage() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            assertNull(daemon.channel.lend());
            assertTrue(daemon.channel.grow(MessageQueue.PAYLOAD_MAX));
            assertTrue(daemon.channel.grow(4096));
            assertEquals(List.of(), rig.reports);
        }
    }

    @Test
    void shouldGiveMemoryBackWhenNothingHasComeForAWhile() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            List<Loan> loans = lendAll(rig);
            Loan kept = loans.remove(0);
            kept.data().put(0, (byte) 1);
            Submitted write =
                    Submitted.in(rig.queue(), RequestType.WRITE, 0, loans.get(0).data(), LENGTH);
            daemon.next().succeed();
            write.assertStatus(Errno.OK);
            loans.forEach(Loan::giveBack);
            Path file = rig.directory().resolve("test.1");
            awaitMemory(file, 3 << 20);
            assertEquals(1, kept.data().get(0));
            kept.giveBack();
            awaitMemory(file, 2 << 20);
            Loan again = rig.queue().lend();
            again.data().put(MessageQueue.PAYLOAD_MAX - 1, (byte) 1);
            again.giveBack();
        }
    }

    /** The serving thread looks when it wakes up by itself. */
    private static void awaitMemory(Path file, long bytesMax) throws Exception {
        long deadlineNs = System.nanoTime() + ChannelRig.limitNs();
        while (allocatedBytes(file) >= bytesMax) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "memory is kept");
        }
    }

    private static long allocatedBytes(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
    }

    /** All there are, as soon as that one is among them: a slot is free a moment after its message has ended. */
    private static List<Loan> lendAllWith(Loan loan, MemoryChannelRig rig) {
        long deadlineNs = System.nanoTime() + ChannelRig.limitNs();
        List<Loan> all = lendAll(rig);
        while (!all.contains(loan) && System.nanoTime() < deadlineNs) {
            all.forEach(Loan::giveBack);
            Thread.onSpinWait();
            all = lendAll(rig);
        }
        return all;
    }

    private static List<Loan> lendAll(MemoryChannelRig rig) {
        List<Loan> loans = new ArrayList<>();
        for (Loan loan = rig.queue().lend(); loan != null; loan = rig.queue().lend()) {
            loans.add(loan);
        }
        return loans;
    }

    private static byte[] content(ByteBuffer data, int length) {
        byte[] content = new byte[length];
        data.get(0, content);
        return content;
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
