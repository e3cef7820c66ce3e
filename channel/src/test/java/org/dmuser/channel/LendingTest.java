package org.dmuser.channel;

import static org.dmuser.channel.Loans.lendAll;
import static org.dmuser.channel.Loans.lendWhatThereIs;
import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** Which slots are lent, of which daemon, and what becomes of their memory. */
final class LendingTest {
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
            List<Loan> loans = lendWhatThereIs(rig);
            assertEquals(1, loans.size());
            memory.resize("5m");
            long deadlineNs = System.nanoTime() + ChannelRig.limitNs();
            while (loans.size() < 3) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "nothing is lent any more");
                loans.addAll(lendWhatThereIs(rig));
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
        while (DiskUsage.of(file) >= bytesMax) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "memory is kept");
        }
    }
}
