package dev.lectern.backup.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Content-addressed files beside the database: the same hash always means the same bytes. */
public interface ContentAddressedFiles {

    /** Calls {@code action} once with the hexadecimal SHA-256 of every file, in any order. Files added or deleted meanwhile may be missing or included. */
    void forEach(Consumer<String> action);

    /**
     * Opens the file with the given hash; the caller closes it.
     *
     * @throws IOException when it does not exist or cannot be read
     */
    InputStream open(String hash) throws IOException;
}
