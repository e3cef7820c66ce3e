/**
 * {@code dmuser backup ...}: what a person types, and what that person is told. The work itself is done by {@link
 * org.dmuser.examples.backup.work}.
 *
 * <pre>
 *   words -&gt; a command -&gt; RepositoryCommand.open: storage, limit, key, lock -&gt; work -&gt; a line, or JSON
 *                                                                          \-&gt; ProgressView, on standard error
 * </pre>
 *
 * <p>Results go to standard output; errors, damage and progress to standard error. The exit status says what kind of
 * end it was, whatever the text: {@link org.dmuser.cli.base.CliException} lists them.
 *
 * <p>Threads: a command runs on the main thread. Progress has one of its own, and so has the lowering of the priority,
 * which happens a moment after the beginning.
 */
package org.dmuser.cli.backup;
