package org.dmuser.examples.backup.repository.storage;

/**
 * One line of a listing.
 *
 * @param name within the folder that was listed
 * @param size in bytes
 * @param modifiedMs when it was last written, by the clock of the storage, in milliseconds since 1970
 */
public record StoredObject(String name, long size, long modifiedMs) {}
