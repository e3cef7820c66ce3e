/** What {@code dmuser backup} does: backing up, restoring, verifying, pruning, copying. */
package org.dmuser.examples.backup.work;
