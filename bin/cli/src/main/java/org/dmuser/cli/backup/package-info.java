/**
 * {@code dmuser backup ...}: what a person types, and what that person is told. The work itself is done by
 * {@code org.dmuser.examples.backup.work}.
 */
package org.dmuser.cli.backup;
