package org.dmuser.cli.demo;

/**
 * What there was on a disk when it was backed up.
 *
 * @param point the restore point
 * @param name in words, as in "first"
 * @param tree files that nobody changed during the backup
 * @param load what writers had done, and had begun
 */
record BackupMoment(String point, String name, Checksums tree, FileLoad.Window load) {}
