package org.dmuser.shim.target.user;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/**
 * Makes {@code user} targets: {@code <start> <length> user <start> <length> <control name> [<features>]}, where, as in
 * dm-user, the first two arguments mean nothing and the third is what a daemon attaches to. The features, which dm-user
 * has not, are {@link UserFeatures}.
 */
public final class UserTargetType implements TargetType {
    public static final String NAME = "user";

    /** The index of that argument; features may follow. */
    static final int CONTROL_NAME = 2;

    private static final int NAME_BYTES_MAX = 127;

    private final UserTargets targets;

    /** @param targets where the targets of this type are found by daemons */
    public UserTargetType(UserTargets targets) {
        this.targets = targets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "1.1.0";
    }

    @Override
    public Target create(TargetContext context, List<String> arguments) throws DmException {
        if (arguments.size() <= CONTROL_NAME) {
            throw new DmException(
                    Errno.EINVAL,
                    "Invalid argument count: user takes <start> <length> <control name> and features, not "
                            + arguments.size() + " arguments");
        }
        String controlName = checked(arguments.get(CONTROL_NAME));
        UserFeatures features = UserFeatures.parse(arguments.subList(CONTROL_NAME + 1, arguments.size()));
        UserTarget target = new UserTarget(context, arguments, features, targets);
        if (!targets.add(target)) {
            throw new DmException(Errno.EBUSY, "control name " + controlName + " is in use by another user target");
        }
        return target;
    }

    private static String checked(String name) throws DmException {
        boolean path = name.indexOf('/') >= 0 || name.equals(".") || name.equals("..");
        if (path || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw new DmException(
                    Errno.EINVAL,
                    "control name " + name + " is not the name of a file: at most " + NAME_BYTES_MAX
                            + " bytes, no '/'");
        }
        return name;
    }
}
