/**
 * The programs of the system that go on where a device ends: losetup, mkfs, mount and umount.
 *
 * <p>Whatever sets something up is killed by the stop signal; whatever takes something down goes on in spite of it, as
 * long as there is progress.
 */
package org.dmuser.cli.system;
