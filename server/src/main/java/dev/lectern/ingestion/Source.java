package dev.lectern.ingestion;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder that documents come from.
 *
 * @param scannedAt when it was last scanned whole; null before the first time
 * @param reason why the last scan failed; null when it did not
 */
public record Source(
        SourceId id,
        CollectionId collection,
        Path folder,
        Instant createdAt,
        @Nullable Instant scannedAt,
        @Nullable String reason) {}
