package org.dmuser.cli.dmsetup;

import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.shim.service.ControlReply;

/**
 * Says what went wrong: with dmsetup's words, as scripts expect them from dmsetup, or with the reason, which the kernel
 * would have told its log only.
 */
public enum Voice {
    /** For those who say {@code dmsetup}. */
    DMSETUP {
        @Override
        void say(String line) {
            System.err.println(line);
        }

        @Override
        void refused(Request request, ControlReply reply) {
            say("device-mapper: " + request.verb() + " ioctl on " + request.device() + " failed: "
                    + reply.errno().text());
        }

        @Override
        void missing(ControlReply reply) {
            say("Device does not exist.");
        }

        @Override
        int failed(CommandFailed problem) {
            problem.lines().forEach(this::say);
            if (problem.isFinished()) {
                return CliException.FAILED;
            }
            say(problem.isUsage() ? "Couldn't process command line." : "Command failed.");
            return CliException.FAILED;
        }
    },

    /** For those who say {@code dmuser}. */
    DMUSER {
        @Override
        void say(String line) {
            Console.error(line);
        }

        @Override
        void refused(Request request, ControlReply reply) {
            reply.problems().forEach(this::say);
        }

        @Override
        void missing(ControlReply reply) {
            reply.problems().forEach(this::say);
        }

        @Override
        int failed(CommandFailed problem) {
            if (problem.isUnnamed()) {
                say(problem.lines().get(0) + " See 'dmuser COMMAND --help'.");
                return CliException.USAGE;
            }
            problem.lines().forEach(this::say);
            return problem.isUsage() ? CliException.USAGE : CliException.FAILED;
        }
    };

    /** Says something that is no result. */
    abstract void say(String line);

    /** The service has refused to do something. */
    abstract void refused(Request request, ControlReply reply);

    /** There is no such device. */
    abstract void missing(ControlReply reply);

    /** The last words of a command that failed, and its exit status. */
    abstract int failed(CommandFailed problem);
}
