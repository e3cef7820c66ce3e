package org.dmuser.shim.dm;

/** Numbers the events of a device, from 0, for those who wait for the next one. */
final class EventCounter {
    private long number;

    synchronized long number() {
        return number;
    }

    synchronized void raise() {
        number++;
        notifyAll();
    }

    /** Waits until the number is not {@code seen}; returns it. */
    synchronized long awaitOther(long seen) throws InterruptedException {
        while (number == seen) {
            wait();
        }
        return number;
    }
}
