package org.dmuser.shim.fuse.stream;

import org.dmuser.channel.MessageQueue;

/**
 * A name in the directory.
 *
 * @param number from 1, and never that of another, before or after it
 * @param name the control name of a target
 * @param queue what those who open it have a channel of
 */
public record StreamNode(long number, String name, MessageQueue queue) {}
