/**
 * {@code dmuser snapshot}: commands on snapshot stores.
 *
 * <pre>
 *   a daemon has the store open   ControlConnection  -&gt;  SnapshotSession in the daemon
 *   nobody has                    StoreAccess opens it under its lock  -&gt;  SnapshotSession here
 *   to read only                  StoreDirectory, SnapshotView: beside whoever has it open
 * </pre>
 */
package org.dmuser.cli.snapshot;
