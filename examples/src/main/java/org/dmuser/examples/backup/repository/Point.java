package org.dmuser.examples.backup.repository;

import java.time.Instant;
import java.util.Map;
import org.dmuser.examples.backup.repository.format.ChunkId;

/**
 * A restore point: an image as it was at one moment.
 *
 * @param id 16 hexadecimal digits, from {@link Points#newId}
 * @param time the moment
 * @param host where the backup was made
 * @param volume what the device is called there
 * @param size bytes of the image
 * @param trackingId the tracking file that knows what changed since; empty if there is none
 * @param era of that tracking file at the moment; chunks written since have a larger one
 * @param root the chunk with the ids of the image's tables
 * @param statistics counts and times of interest to people, by name, in an order
 */
public record Point(
        String id,
        Instant time,
        String host,
        String volume,
        long size,
        String trackingId,
        long era,
        ChunkId root,
        Map<String, Long> statistics) {}
