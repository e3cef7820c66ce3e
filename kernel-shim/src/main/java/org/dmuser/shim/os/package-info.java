/**
 * The system calls Java has no words for, in the words of the shim.
 *
 * <pre>
 *   LibC               the binding, which the rest of the shim uses, too, where one call is all it needs
 *     Mounts           is a mount alive, and its end; MountTable, what is mounted where
 *     PassingProgram   runs a program that sends a descriptor back
 *     IoUring          a ring: submissions and completions
 *     Processors       which of them a thread may run on
 *     IoVector, PollFd structures in memory of their own
 * </pre>
 *
 * <p>No locks. An IoUring, a PollFd, or an IoVector's memory belongs to one thread at a time; all else may be called
 * from any.
 */
package org.dmuser.shim.os;
