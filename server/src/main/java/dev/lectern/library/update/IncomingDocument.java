package dev.lectern.library.update;

import dev.lectern.library.FileIdentity;
import dev.lectern.shared.SourceId;
import dev.lectern.text.VisibleText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document that was found at a location and whose original is stored already.
 *
 * @param path within the source, with {@code /} between folders
 * @param uri for people, without characters that nobody sees
 * @param title on one line, used until the parser finds a better one
 * @param hash SHA-256 in hexadecimal
 * @param modifiedAt of the file, epoch milliseconds; 0 if there is none
 * @param plain whether the bytes are a title line, an empty line and text, which are used as they are
 * @param explicit whether a person named this file, which also restores a deleted document
 * @param conflict what happens if the location has a document with other bytes
 * @param changedAt of the content or attributes of the file, epoch milliseconds; 0 when it is not known
 * @param identity of the file; null when it has none
 * @param sameFile other locations that are known to be the same file now, so that they have the same bytes: hard links, links, overlapping sources
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
        boolean explicit,
        ConflictPolicy conflict,
        long changedAt,
        @Nullable FileIdentity identity,
        Set<LocationKey> sameFile) {
    public IncomingDocument {
        uri = VisibleText.toName(uri);
        title = VisibleText.toName(title);
        sameFile = Set.copyOf(sameFile);
    }

    /** A document that is no file of a file system, such as an upload. */
    public IncomingDocument(
            SourceId source,
            String path,
            String uri,
            String title,
            String hash,
            long bytes,
            long modifiedAt,
            boolean plain,
            boolean explicit,
            ConflictPolicy conflict) {
        this(source, path, uri, title, hash, bytes, modifiedAt, plain, explicit, conflict, 0, null, Set.of());
    }

    /** The same bytes under another path of the source; the address and the title follow. */
    IncomingDocument at(String other) {
        String prefix = uri.endsWith(path) ? uri.substring(0, uri.length() - path.length()) : "";
        return new IncomingDocument(
                source,
                other,
                prefix + other,
                other.substring(other.lastIndexOf('/') + 1),
                hash,
                bytes,
                modifiedAt,
                plain,
                explicit,
                conflict,
                changedAt,
                identity,
                sameFile);
    }
}
