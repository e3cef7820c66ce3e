/**
 * {@code memory}: a disk that is gone when its daemon ends.
 *
 * <pre>
 *   request -> MemoryHandler  --which extent?--&gt;  Extent: 1 MiB of memory, or none yet
 * </pre>
 *
 * <p>Threads: any number; a lock for each stripe of extents keeps memory from being freed under a copy.
 */
package org.dmuser.examples.memory;
