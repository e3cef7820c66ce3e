/**
 * The command line: {@link org.dmuser.cli.Dmuser} reads it and runs one subcommand, of those that {@code Subcommands}
 * lists. Each is a class in the package of what it is about:
 *
 * <pre>
 *   run                   a handler as a disk, in this process
 *   service, attach       the service; a handler as a daemon
 *   device -&gt; dmsetup      the commands on devices, and dmsetup itself
 *   snapshot, backup      what the daemons of those names take as commands
 *   replay                the log of log-writes
 *   demo                  the rest, shown on this machine
 *   manual                the manual page and completion, made of what all of them say of themselves
 *     base, system        what they share: options, errors, the stop signal; programs of the system
 * </pre>
 *
 * <p>A command is a {@link org.dmuser.cli.base.DmuserCommand}. Its fields add what may stand behind its name to its
 * {@link org.dmuser.cli.base.Grammar}, by which picocli reads words, and of which help, the manual page and completion
 * are made:
 *
 * <pre>
 *   words -&gt; Dmuser: the one subcommand they name is made -&gt; picocli fills its Grammar's values -&gt; call()
 * </pre>
 */
package org.dmuser.cli;
