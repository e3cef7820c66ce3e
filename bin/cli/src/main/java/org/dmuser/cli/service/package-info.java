/** Starting and stopping the resident service. */
package org.dmuser.cli.service;
