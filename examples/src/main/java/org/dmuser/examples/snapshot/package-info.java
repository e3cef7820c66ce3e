/**
 * {@code snapshot}: a writable device over a base image, with any number of named snapshots made while it is in use.
 *
 * <pre>
 *   request -&gt; SnapshotHandler    edges of blocks, one thread at a time for each 1 MiB whose blocks move
 *                 |
 *              SnapshotStore      whole blocks: where each is, now and in each snapshot         package store
 *
 *   command -&gt; ControlServer -&gt; SnapshotSession -&gt; SnapshotStore
 *
 *   OpenStore                     owns the base, the store, its lock and the socket
 * </pre>
 *
 * <p>{@code at=NAME} serves a snapshot: a {@link org.dmuser.examples.snapshot.store.SnapshotView} is a base like any
 * other, behind a {@link org.dmuser.examples.snapshot.BaseHandler} to read it, or below a handler with a store that is
 * thrown away.
 *
 * <p>Threads: those of the device, any number, and those of the control socket. Lock order: see {@link
 * org.dmuser.examples.snapshot.SnapshotHandler}.
 */
package org.dmuser.examples.snapshot;
