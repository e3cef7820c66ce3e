/**
 * What Java lacks for handlers that keep their data in files: transfers that are never cut short, room made beforehand,
 * room given back, locks that hold within a process, too, and a word for a full disk.
 *
 * <pre>
 *   handler  -&gt;  FileTransfer  -&gt;  FileChannel   all of a read or a write
 *            -&gt;  FileSpace     fallocate(2) on the same file, through a descriptor of its own
 *            -&gt;  LockedFile    fcntl(2): a lock that belongs to who has it open, not to the process
 * </pre>
 *
 * <p>{@code BootId} tells whether what was written and not synced is there after a crash: if the machine has not been
 * started anew.
 *
 * <p>Threads: any number at a time, but for the closing.
 */
package org.dmuser.sdk.file;
