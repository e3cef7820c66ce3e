/** The frozen moment of a device in use: {@link org.dmuser.examples.backup.moment.FrozenDevice} reads it. */
package org.dmuser.examples.backup.moment;
