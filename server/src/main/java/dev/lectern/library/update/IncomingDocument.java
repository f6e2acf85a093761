package dev.lectern.library.update;

import dev.lectern.shared.SourceId;

/**
 * A document that was found at a location and whose original is stored already.
 *
 * @param path within the source, with {@code /} between folders
 * @param uri for people
 * @param title used until the parser finds a better one
 * @param hash SHA-256 in hexadecimal
 * @param modifiedAt of the file, epoch milliseconds; 0 if there is none
 * @param plain whether the bytes are a title line, an empty line and text, which are used as they are
 * @param explicit whether a person named this file, which also restores a deleted document
 */
public record IncomingDocument(
        SourceId source,
        String path,
        String uri,
        String title,
        String hash,
        long bytes,
        long modifiedAt,
        boolean plain,
        boolean explicit) {}
