package dev.lectern.library.update;

import dev.lectern.library.FileIdentity;
import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * A location as the last scan recorded it.
 *
 * @param modifiedAt epoch milliseconds; -1 when the file was too new to rely on it
 * @param changedAt of its content or attributes, epoch milliseconds; 0 when it is not known
 * @param identity of the file; null when it is not known
 * @param hash of the bytes
 * @param document null when a person deleted the document
 * @param upToDate whether the bytes were processed with the present pipeline version
 * @param missingSince epoch milliseconds since when the file was not found and is kept all the same; 0 while it is there
 */
public record RecordedLocation(
        String path,
        long bytes,
        long modifiedAt,
        long changedAt,
        @Nullable FileIdentity identity,
        String hash,
        @Nullable DocumentId document,
        boolean upToDate,
        long missingSince) {

    /** The same file under another path. */
    public RecordedLocation at(String other) {
        return new RecordedLocation(
                other, bytes, modifiedAt, changedAt, identity, hash, document, upToDate, missingSince);
    }

    /** The same bytes with the attributes that the file has now. */
    public RecordedLocation with(
            long newBytes, long newModifiedAt, long newChangedAt, @Nullable FileIdentity newIdentity) {
        return new RecordedLocation(
                path, newBytes, newModifiedAt, newChangedAt, newIdentity, hash, document, upToDate, missingSince);
    }
}
