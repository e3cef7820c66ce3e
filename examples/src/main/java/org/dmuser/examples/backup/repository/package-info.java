/**
 * The backup repository: images in chunks that are stored once, however many restore points have them.
 *
 * <pre>{@code
 *   backup  -> ImageTreeBuilder -> ChunkWriter -> PackWriter -> Storage        Points.write comes last
 *   restore <- ImageTree        <- ChunkReader <--------------- Storage
 *                                      Index: which pack has which chunk
 *
 *   .format   what the bytes look like      .crypto   keys and seals      .storage   a directory, or S3
 * }</pre>
 *
 * <p>Order is everything: chunks are durable in packs, and packs listed by index files, before a point names them; and
 * what is swept is listed nowhere before it goes. Whatever breaks off in
 * between leaves objects that nothing names, and never a name without its object.
 *
 * <p>Ownership: {@link org.dmuser.examples.backup.repository.Repository} owns the storage and the lock; readers and
 * writers belong to who asked for them and are closed before it. Lock order: the writer's lock of packs, then the
 * monitor of the index; the monitor of the chunk table is inside all others. Only reading the index happens under one.
 */
package org.dmuser.examples.backup.repository;
