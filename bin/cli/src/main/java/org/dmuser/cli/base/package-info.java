/**
 * What all commands of the command line share: how they say what may stand behind their names, errors as one line, the
 * stop signal, things to undo, other processes.
 *
 * <p>Threads: a command runs on the main thread. {@link org.dmuser.cli.base.StopSignal} has a thread of its own, the
 * JVM's shutdown hook, which asks the main thread to end and waits for it; nothing is undone there. {@link
 * org.dmuser.cli.base.LongWait} has one that tells what is waited for. Locks: each class has its own at most, and
 * nothing is called under one.
 */
package org.dmuser.cli.base;
