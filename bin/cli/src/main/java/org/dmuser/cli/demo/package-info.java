/**
 * {@code dmuser demo}: what the issue of this project is, shown on a real machine.
 *
 * <pre>
 *   DemoCommand   makes a place, runs both parts, cleans up, and looks whether anything is left
 *     FileSystemPart   a file system on a disk in memory: copy, check, compare, trim
 *     CrashPart        a disk in a file, whose daemon is killed under load
 *       Steps            what is printed of each
 *       DemoProcesses    the service and daemons, by this program's own command line
 *       SourceTree, WriteLoad, DiscardLog, WhatIsLeft
 * </pre>
 *
 * <p>All on the main thread, but for the writers of {@code WriteLoad}.
 */
package org.dmuser.cli.demo;
