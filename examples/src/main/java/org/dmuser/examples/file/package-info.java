/**
 * {@code file}: a disk whose data is in a file or on a block device.
 *
 * <pre>
 *   request -> FileHandler -> FileChannel, at an offset of its own each time
 * </pre>
 *
 * <p>Threads: any number; the channel has no position that they would share.
 */
package org.dmuser.examples.file;
