/**
 * {@code dmuser demo}: what the issues of this project are, shown on a real machine.
 *
 * <pre>
 *   DemoCommand, BackupDemoCommand   what is shown
 *     Demo             makes a place, runs the parts, cleans up, and looks whether anything is left
 *       FileSystemPart   a file system on a disk in memory: copy, check, compare, trim
 *       CrashPart        a disk in a file, whose daemon is killed under load
 *       BackupPart       a disk that is backed up while it is written to, and destroyed
 *       RestorePart      disks of its restore points, compared with what it was
 *         Stage            what all of them work with
 *           Steps            what is printed of each step
 *           DemoProcesses    the service and daemons, by this program's own command line
 *         MountedDisk, SourceTree, Checksums, WriteLoad, FileLoad, DiscardLog, WhatIsLeft
 * </pre>
 *
 * <p>All on the main thread, but for the writers of {@code WriteLoad} and {@code FileLoad}.
 */
package org.dmuser.cli.demo;
