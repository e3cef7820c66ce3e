/**
 * The command line: {@link org.dmuser.cli.Dmuser} reads it and runs one subcommand. Each of those is a class of its
 * own, in the package of what it is about: {@code run}, {@code service}, {@code device}, {@code attach}, {@code
 * backup}, {@code demo}; what they share is in {@code base}.
 */
package org.dmuser.cli;
