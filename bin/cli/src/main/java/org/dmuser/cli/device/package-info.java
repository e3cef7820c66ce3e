/** The commands on devices, with the grammar and the output of dmsetup; the service carries them out. */
package org.dmuser.cli.device;
