package org.dmuser.channel;

/** Whether those who wait for work look for it for a while before they sleep. */
public enum Polling {
    /** As long as it has been worth it lately: fast, at the price of processor time while a device is busy. */
    ADAPTIVE,

    /** Never: whoever waits sleeps, and is woken. */
    OFF
}
