/** Running a handler as a daemon, and showing which handlers there are. */
package org.dmuser.cli.attach;
