package org.dmuser.shim.dm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dmuser.channel.Errno;

/** Which mapped device has which others open; keeps a device from being mapped to itself. */
final class UseGraph {
    private final Map<MappedDevice, Map<MappedDevice, Integer>> usedBy = new HashMap<>();

    /**
     * Notes that {@code user} has {@code used} open, once more.
     *
     * @throws DmException EINVAL if a bio could come back to {@code user} that way
     */
    synchronized void add(MappedDevice user, MappedDevice used) throws DmException {
        if (leads(used, user, new HashSet<>())) {
            String way = user == used ? "" : " through device \"" + used.name() + "\"";
            throw new DmException(Errno.EINVAL, "device \"" + user.name() + "\" would be mapped to itself" + way);
        }
        usedBy.computeIfAbsent(user, key -> new HashMap<>()).merge(used, 1, Integer::sum);
    }

    synchronized void remove(MappedDevice user, MappedDevice used) {
        Map<MappedDevice, Integer> uses = usedBy.get(user);
        uses.computeIfPresent(used, (key, times) -> times == 1 ? null : times - 1);
        if (uses.isEmpty()) {
            usedBy.remove(user);
        }
    }

    private boolean leads(MappedDevice from, MappedDevice to, Set<MappedDevice> seen) {
        if (from == to) {
            return true;
        }
        for (MappedDevice next : usedBy.getOrDefault(from, Map.of()).keySet()) {
            if (seen.add(next) && leads(next, to, seen)) {
                return true;
            }
        }
        return false;
    }
}
