/**
 * The commands on devices, as commands of dmuser: made of the same table as dmsetup's, {@code org.dmuser.cli.dmsetup},
 * so that both have the same grammar and output. Errors are one line with the reason.
 */
package org.dmuser.cli.device;
