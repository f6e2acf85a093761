package dev.lectern.ingestion.sources;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where documents of a collection come from.
 *
 * @param kind of the {@link SourceConnector} that reads it, such as {@code folder}
 * @param location what its connector reads, such as the real path of a folder
 * @param scannedAt the end of the last complete scan; null before the first
 * @param reasonCode why the last scan failed, for machines; null when it did not, or failed in a version before 0.4
 * @param reason why the last scan failed, for operators; null when it did not
 * @param silence what of it does not answer at the moment; null when all of it does, as far as is known
 * @param watch how its changes are noticed at present
 */
public record Source(
        SourceId id,
        CollectionId collection,
        String kind,
        String location,
        Instant createdAt,
        @Nullable Instant scannedAt,
        @Nullable String reasonCode,
        @Nullable String reason,
        @Nullable Silence silence,
        SourceWatchState watch) {

    /**
     * What of a source does not answer.
     *
     * @param since when it was asked
     * @param path of the file or folder within the source; null when it is the source as a whole
     */
    public record Silence(Instant since, @Nullable String path) {}
}
