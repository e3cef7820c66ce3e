/**
 * Where the objects of a backup repository are kept: named runs of bytes, written whole, read in parts.
 *
 * <pre>
 *   repository -> Storage -> LocalStorage   a directory
 *                         -> S3Storage      a bucket, or a part of one
 *                              Attempts       again, where a failure may pass
 *                              S3Calls        on a thread of its own, which whoever waits for it may leave
 * </pre>
 *
 * <p>Nothing here knows what the bytes mean. A name is a folder and a file in it ({@code packs/31f0...}), or a file
 * alone ({@code config}). Threads: any number, with the exception of an {@link
 * org.dmuser.examples.backup.repository.storage.Upload}, which says for itself what may run beside what.
 */
package org.dmuser.examples.backup.repository.storage;
