package org.dmuser.shim.target.user;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The {@code user} targets there are, by control name: what {@code /dev/dm-user} is to the kernel's. Thread-safe. */
public final class UserTargets {
    private final ConcurrentMap<String, UserTarget> byControlName = new ConcurrentHashMap<>();
    private final Consumer<String> reports;
    private final Timekeeper timekeeper;
    private final AtomicLong numbers = new AtomicLong();

    /** @param reports told, a line each, of requests that nobody answers, by any thread */
    public UserTargets(Consumer<String> reports) {
        this(reports, Timekeeper::newThread);
    }

    /** @param threads makes the one that looks after timeouts, when the first target has any */
    UserTargets(Consumer<String> reports, ThreadFactory threads) {
        this.reports = reports;
        this.timekeeper = new Timekeeper(reports, threads);
    }

    /** The target of that control name, from the load of its table to the end of it. */
    public Optional<UserTarget> find(String controlName) {
        return Optional.ofNullable(byControlName.get(controlName));
    }

    /** All there are, from the load of their tables on, by number. */
    public List<UserTarget> all() {
        return byControlName.values().stream()
                .sorted(Comparator.comparingLong(UserTarget::number))
                .toList();
    }

    /** The targets in the tables, live and inactive, of one device, by control name. */
    public List<UserTarget> ofDevice(String deviceName) {
        return byControlName.values().stream()
                .filter(target -> target.context().deviceName().equals(deviceName))
                .sorted(Comparator.comparing(UserTarget::controlName))
                .toList();
    }

    /** Whether the name was free and is the target's now. */
    boolean add(UserTarget target) {
        boolean added = byControlName.putIfAbsent(target.controlName(), target) == null;
        if (added && target.features().hasTimeout()) {
            timekeeper.add(target);
        }
        return added;
    }

    void remove(UserTarget target) {
        byControlName.remove(target.controlName(), target);
        timekeeper.remove(target);
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void report(String line) {
        reports.accept(line);
    }
}
