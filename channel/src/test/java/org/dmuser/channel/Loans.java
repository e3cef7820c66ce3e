package org.dmuser.channel;

import static org.dmuser.channel.Loans.content;
import static org.dmuser.channel.Loans.lendAll;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Slots as tests borrow them. */
final class Loans {
    private Loans() {}

    /** All there are, as soon as that one is among them: a slot is free a moment after its message has ended. */
    static List<Loan> lendAllWith(Loan loan, MemoryChannelRig rig) {
        long deadlineNs = System.nanoTime() + ChannelRig.limitNs();
        List<Loan> all = lendAll(rig);
        while (!all.contains(loan) && System.nanoTime() < deadlineNs) {
            all.forEach(Loan::giveBack);
            Thread.onSpinWait();
            all = lendAll(rig);
        }
        return all;
    }

    /** All there are but the last, which is never lent. */
    static List<Loan> lendAll(MemoryChannelRig rig) {
        rig.assumeRoomForAllSlots();
        return lendWhatThereIs(rig);
    }

    /** As many as there is memory for. */
    static List<Loan> lendWhatThereIs(MemoryChannelRig rig) {
        List<Loan> loans = new ArrayList<>();
        for (Loan loan = rig.queue().lend(); loan != null; loan = rig.queue().lend()) {
            loans.add(loan);
        }
        return loans;
    }

    static byte[] content(ByteBuffer data, int length) {
        byte[] content = new byte[length];
        data.get(0, content);
        return content;
    }
}
