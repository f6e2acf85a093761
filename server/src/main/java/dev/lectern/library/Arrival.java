package dev.lectern.library;

import dev.lectern.shared.SourceId;

/**
 * Bytes that were found at a location; the original is stored already.
 *
 * @param path within the source, with {@code /} between folders
 * @param uri for people
 * @param title until a better one is read from it
 * @param hash SHA-256 in hexadecimal
 * @param modifiedAt of the file, epoch milliseconds; 0 where there is none
 * @param plain whether the bytes are a title line, an empty line and text, to be taken as they are
 * @param named whether a person named this very file, which brings back what was deleted
 */
public record Arrival(
        SourceId source,
        String path,
        String uri,
        String title,
        String hash,
        long bytes,
        long modifiedAt,
        boolean plain,
        boolean named) {
    /** How the hash of a file begins that cannot be read, and so has none. */
    public static final String UNREADABLE = "unreadable-";
}
