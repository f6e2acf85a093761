package dev.lectern.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document in responses of the API.
 *
 * @param warning about the text that is shown of it; absent while there is none
 * @param progress how far the work on it is; null when it is not being worked on
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
        @Nullable DocumentWarningView warning,
        DocumentProgress.@Nullable View progress) {

    /** A status in lower case. */
    public enum DocumentStatusView {
        queued,
        running,
        done,
        failed
    }

    public static DocumentView of(Document document) {
        return of(document, null);
    }

    /** @param progress null when the document is not being worked on */
    public static DocumentView of(Document document, @Nullable DocumentProgress progress) {
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
                DocumentWarningView.of(document.warning()),
                progress == null ? null : progress.view());
    }
}
