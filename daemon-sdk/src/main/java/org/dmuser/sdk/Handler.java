package org.dmuser.sdk;

import java.io.IOException;

/**
 * The life of a handler, whichever way it answers: implement {@link BlockHandler} or {@link AsyncBlockHandler}.
 *
 * <pre>
 *   constructor        its configuration is checked here
 *       |
 *   size() readOnly() threadModel()        asked before open, and expected not to change
 *       |
 *   open(device)       once, before the first request
 *       |
 *   requests           from as many threads at a time as threadModel() allows
 *       |              (the service may go and come back; the handler stays open)
 *   close()            once, after the last request; also if open() failed or was never called
 * </pre>
 */
public sealed interface Handler extends AutoCloseable permits BlockHandler, AsyncBlockHandler {
    /** What {@link #size} returns if any size will do. */
    long ANY_SIZE = -1;

    /**
     * The size in bytes the handler knows of itself, as that of a file; {@link #ANY_SIZE} if it takes whatever size
     * it is given. The device may be smaller, never larger.
     */
    default long size() {
        return ANY_SIZE;
    }

    /** Whether it cannot be written to. Then no write, discard or zeroing ever reaches it: they fail with EROFS. */
    default boolean readOnly() {
        return false;
    }

    /** How many threads may call it at a time. */
    default ThreadModel threadModel() {
        return ThreadModel.SERIAL;
    }

    /**
     * Called once, before the first request.
     *
     * @throws IOException if the device cannot be served; the daemon ends with its message
     */
    default void open(DeviceInfo device) throws IOException {}

    /** Called once, when no request is under way and none will come. Everything written must be safe afterwards. */
    @Override
    default void close() throws IOException {}
}
