package dev.lectern.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document in responses of the API.
 *
 * @param warning about the text that is shown of it; absent while there is none
 */
public record DocumentView(
        String id,
        String collectionId,
        String title,
        String uri,
        DocumentStatusView status,
        @Nullable String code,
        @Nullable String reason,
        int version,
        int passages,
        @Nullable String mediaType,
        long size,
        Instant createdAt,
        Instant updatedAt,
        @Nullable DocumentWarningView warning) {

    /** A status in lower case. */
    public enum DocumentStatusView {
        queued,
        running,
        done,
        failed
    }

    public static DocumentView of(Document document) {
        return new DocumentView(
                document.id().value(),
                document.collection().value(),
                document.title(),
                DocumentLocation.withoutServerPath(document.uri()),
                DocumentStatusView.valueOf(document.status().text()),
                document.reasonCode(),
                document.reason(),
                document.version(),
                document.passages(),
                document.mediaType(),
                document.size(),
                document.createdAt(),
                document.updatedAt(),
                DocumentWarningView.of(document.warning()));
    }
}
