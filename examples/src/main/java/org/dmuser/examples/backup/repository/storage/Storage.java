package org.dmuser.examples.backup.repository.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A place for named objects. An object appears under its name whole or not at all, whatever happens meanwhile.
 *
 * <p>A loss of power may undo what was done since the last {@link #sync}: an object put may be gone, one deleted may be
 * back, each for itself. What is there is never torn. Reading an object that is not there throws {@link
 * java.nio.file.NoSuchFileException} with its name.
 *
 * <p>Threads: any number at a time.
 */
public interface Storage extends AutoCloseable {

    /** As the user named it, for messages. */
    String url();

    /** Whether it is a directory of this machine, rather than something that several machines share. */
    boolean isLocal();

    /** Makes the place itself and its folders, where they are not there yet. */
    void create(List<String> folders) throws IOException;

    /** Writes an object, in place of one that has the name already. Takes all that remains in {@code content}. */
    void put(String name, ByteBuffer content) throws IOException;

    /** As {@link #put}, for what means nothing after a loss of power (a lock): may be torn then, and costs less. */
    void putTransient(String name, ByteBuffer content) throws IOException;

    /** Begins an object that is written piece by piece and named at its end. */
    Upload upload() throws IOException;

    /** Fills {@code dst} with the object's bytes from {@code offset}; {@link java.io.EOFException} if it has fewer. */
    void read(String name, long offset, ByteBuffer dst) throws IOException;

    /** All bytes of an object, which must be of a size that fits into memory. */
    ByteBuffer read(String name) throws IOException;

    /** The objects of a folder, in no order; none if there is no such folder. */
    List<StoredObject> list(String folder) throws IOException;

    /** No effect if there is no such object. */
    void delete(String name) throws IOException;

    /** Removes what uploads left behind that were killed a day ago or longer. */
    void removeAbandoned() throws IOException;

    /** Everything done before has happened for good, also after a loss of power. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;
}
