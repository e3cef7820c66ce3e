/**
 * {@code dmuser run}: a handler as a disk, all in one process.
 *
 * <pre>
 *   RunCommand    what the user wants
 *     RunSession  does it step by step, waits, and undoes it, last step first
 *       FilePlace        the file that is the device
 *       EmbeddedDevice   mapped device -&gt; user target -&gt; direct channel -&gt; dispatcher -&gt; handler
 *       LoopDevice, FileSystem, MountPoint     by the programs of the system
 * </pre>
 *
 * <p>Everything happens on the main thread; what answers requests are the threads of the FUSE mount, or, where requests
 * have a time limit, {@link org.dmuser.cli.run.HandlerThreads}.
 */
package org.dmuser.cli.run;
