package org.dmuser.bench.contender;

import java.nio.file.Path;
import java.util.List;

/**
 * A contender that is up.
 *
 * @param file what fio is to use: a file, or a loop device
 * @param children all processes that work for it
 */
public record Server(Path file, List<Child> children) {
    Server(Path file, Child... children) {
        this(file, List.of(children));
    }

    /** The time of a processor that its processes have taken so far, in ns. What the kernel does for it is left out. */
    public long processorNs() {
        return children.stream().mapToLong(Child::processorNs).sum();
    }

    /** What its processes wrote last, for a person to find out what went wrong. */
    public String lastWords() {
        return String.join("; ", children.stream().map(Child::lastWords).toList());
    }
}
