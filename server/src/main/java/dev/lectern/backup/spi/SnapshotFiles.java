package dev.lectern.backup.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Bytes beside the database, by the hash of their content: the same hash means the same bytes, for ever. */
public interface SnapshotFiles {

    /** Shows the SHA-256, in hexadecimal, of everything that is kept, in any order, once. What comes or goes meanwhile may be shown or not. */
    void forEach(Consumer<String> action);

    /**
     * The bytes of a hash, closed by the caller.
     *
     * @throws IOException when they are gone or cannot be read
     */
    InputStream open(String hash) throws IOException;
}
