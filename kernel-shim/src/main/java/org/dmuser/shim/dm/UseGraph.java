package org.dmuser.shim.dm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dmuser.channel.Errno;

/**
 * Which mapped device has which others open; keeps a device from being mapped to itself. However often one device uses
 * another, in lines of one table or of both, it has it open once, as in the kernel.
 */
final class UseGraph {
    private final Map<MappedDevice, Map<MappedDevice, Integer>> usedBy = new HashMap<>();

    /**
     * Notes that {@code user} uses {@code used}, once more, and has it open.
     *
     * @throws DmException EINVAL if a bio could come back to {@code user} that way, ENXIO if {@code used} is being
     *     removed
     */
    synchronized void add(MappedDevice user, MappedDevice used) throws DmException {
        Map<MappedDevice, Integer> uses = usedBy.getOrDefault(user, Map.of());
        if (!uses.containsKey(used)) {
            if (leads(used, user)) {
                String way = user == used ? "" : " through device \"" + used.name() + "\"";
                throw new DmException(Errno.EINVAL, "device \"" + user.name() + "\" would be mapped to itself" + way);
            }
            used.open();
        }
        usedBy.computeIfAbsent(user, key -> new HashMap<>()).merge(used, 1, Integer::sum);
    }

    /** Takes one {@link #add} back. */
    synchronized void remove(MappedDevice user, MappedDevice used) {
        Map<MappedDevice, Integer> uses = usedBy.get(user);
        uses.computeIfPresent(used, (key, times) -> times == 1 ? null : times - 1);
        if (!uses.containsKey(used)) {
            used.release();
        }
        if (uses.isEmpty()) {
            usedBy.remove(user);
        }
    }

    private boolean leads(MappedDevice from, MappedDevice to) {
        Set<MappedDevice> seen = new HashSet<>(Set.of(from));
        Deque<MappedDevice> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            MappedDevice device = left.poll();
            if (device == to) {
                return true;
            }
            usedBy.getOrDefault(device, Map.of()).keySet().stream()
                    .filter(seen::add)
                    .forEach(left::add);
        }
        return false;
    }
}
