package org.dmuser.channel;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out what is waiting, as far as there is room. Any thread, under no lock.
 *
 * <p>One thread does so at a time, so a daemon that answers from inside its delivery does not recurse; whoever finds
 * another at it leaves, because that one looks once more, under the queue's lock, before it stops. A thread that has
 * handed out a good number stops as well, as long as there are messages whose end will bring the next one here: it has
 * other things to do.
 */
final class Pump {
    /** As many messages one thread hands out before it lets the next one do so. */
    private static final int MESSAGES_MAX = 64;

    private final ReentrantLock lock;
    private final MessageList undelivered;
    private final AttachedChannels channels;
    private boolean running;

    /**
     * Makes a pump.
     *
     * @param lock the queue's, which guards all the rest
     */
    Pump(ReentrantLock lock, MessageList undelivered, AttachedChannels channels) {
        this.lock = lock;
        this.undelivered = undelivered;
        this.channels = channels;
    }

    void run() {
        lock.lock();
        try {
            if (running || undelivered.isEmpty()) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        try {
            int given = 0;
            while (giveOne(given)) {
                given++;
            }
        } catch (RuntimeException | Error e) {
            lock.lock();
            try {
                running = false;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    /** Hands out one message, if need be after getting memory for it; false when it has stopped. */
    private boolean giveOne(int given) {
        boolean mayGrow = true;
        while (true) {
            Channel channel;
            int slot;
            int length = 0;
            lock.lock();
            try {
                Message message = undelivered.first();
                boolean enough = given >= MESSAGES_MAX && channels.isBusy();
                channel = message == null || enough ? null : channels.claim(message);
                slot = channels.claimedSlot();
                if (channel != null) {
                    undelivered.removeFirst();
                } else if (message == null || enough || !mayGrow) {
                    running = false;
                    return false;
                } else {
                    length = message.payloadLength();
                }
            } finally {
                lock.unlock();
            }
            if (channel != null) {
                channel.commit(slot);
                return true;
            }
            mayGrow = channels.grow(length);
        }
    }
}
