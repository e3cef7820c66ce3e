package org.dmuser.examples.snapshot.store;

/**
 * What there is to say about a snapshot.
 *
 * @param createdMs milliseconds since 1970
 * @param ownBytes what deleting it would give back
 */
public record SnapshotInfo(String name, long createdMs, long ownBytes) {}
