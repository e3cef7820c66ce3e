/**
 * dmsetup: its grammar, its output and its errors, over the service of a run directory instead of the kernel.
 *
 * <pre>
 *   dmsetup WORD...     {@link org.dmuser.cli.dmsetup.Dmsetup}   getopt's grammar: options anywhere, shortened, joined
 *   dmuser COMMAND ...  {@code org.dmuser.cli.device}            picocli's: help for each command, completion
 *        both make {@link org.dmuser.cli.dmsetup.Arguments}, and run one of {@link org.dmuser.cli.dmsetup.Actions}
 *          {@link org.dmuser.cli.dmsetup.Kernel}  asks the service, which answers as the kernel would, with a number
 *          {@link org.dmuser.cli.dmsetup.Voice}   says what went wrong, as dmsetup does or with the reason
 * </pre>
 *
 * <p>What the kernel does is done by the service; what dmsetup and its library do, is done here: tables are split into
 * lines, names mangled, columns arranged, and {@code create} is three requests, of which a failing one undoes the
 * others. One thread.
 */
package org.dmuser.cli.dmsetup;
