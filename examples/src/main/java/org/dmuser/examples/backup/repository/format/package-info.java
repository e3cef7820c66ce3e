/**
 * The bytes of a backup repository: how chunks, packs, index files, points and the configuration look when stored.
 * {@code docs/backup-format.md} says the same for people; the pictures here are beside the constants they explain.
 *
 * <p>All numbers are little-endian. Nothing here does I/O or keeps state; whatever does not look as it must is a {@link
 * org.dmuser.examples.backup.repository.format.DamagedException} with the name of the object.
 *
 * <p>Threads: the classes are values, or belong to one thread at a time.
 */
package org.dmuser.examples.backup.repository.format;
