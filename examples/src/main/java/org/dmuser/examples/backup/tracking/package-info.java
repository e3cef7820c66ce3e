/** What has changed on a device since when. */
package org.dmuser.examples.backup.tracking;
