package org.dmuser.shim.target.log;

import java.nio.ByteBuffer;
import java.util.Deque;

/**
 * An entry on its way into the log.
 *
 * @param block what will stand in the log, from index 0 to its capacity
 * @param before of a flush, the entries that it covers, in their order; empty for the others
 */
record PendingEntry(LogEntry entry, ByteBuffer block, Deque<PendingEntry> before) {}
