/**
 * What is made of the command line's own description of itself: the manual page dmuser(8), and completion in shells.
 *
 * <pre>
 *   commands as picocli has them, handlers, target types
 *     {@link org.dmuser.cli.manual.ManualPage}  + dmuser.8         a page in the macros of man(7)
 *     {@link org.dmuser.cli.manual.Completion}  + completion.bash  a script for bash
 * </pre>
 *
 * <p>So neither can tell of an option that there is not, or be silent of one that there is. What cannot be derived is
 * written by hand, in the resources. One thread.
 */
package org.dmuser.cli.manual;
