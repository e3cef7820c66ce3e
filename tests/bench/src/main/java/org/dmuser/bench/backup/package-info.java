/**
 * The benchmark of the snapshot and backup daemons, {@code bin/bench backup}: side by side with restic and with the
 * {@code file} handler.
 *
 * <p>A run has parts, each of which sets up what it needs on the {@link org.dmuser.bench.contender.Stage}, measures
 * everybody in turn, several times, and takes it down. What comes out are {@link
 * org.dmuser.bench.backup.Measurement}s, of which reports are made. One thread does everything.
 */
package org.dmuser.bench.backup;
