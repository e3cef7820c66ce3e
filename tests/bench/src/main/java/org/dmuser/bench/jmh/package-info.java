/**
 * What each layer costs, measured by JMH: {@code bin/bench jmh}.
 *
 * <pre>
 *   LinearLayer, SplitBio, TableLookup    a bio through the device mapper, with targets that do nothing
 *   TableLoad                             a table of 100,000 lines
 *   SuspendUnderLoad                      what a suspend takes beyond the requests in flight
 *   DirectRoundTrip                       a message to a handler in this process, and a bio down to one
 *   MemoryRoundTrip                       a message to a handler behind a memory channel, and back
 * </pre>
 *
 * <p>{@link org.dmuser.bench.jmh.Layers} runs them and writes the table.
 */
package org.dmuser.bench.jmh;
