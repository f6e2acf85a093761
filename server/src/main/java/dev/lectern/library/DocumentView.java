package dev.lectern.library;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document in responses of the API.
 *
 * @param warning about the text that is shown of it; absent while there is none
 * @param progress how far the work on it is; null when it is not being worked on
 * @param metadata what it says about itself, such as {@code author} and {@code created}; absent while there is nothing
 * @param tags its own and those of its folders; absent while there is none
 * @param inheritedTags those of {@code tags} that it has from a folder; absent while there is none
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
        DocumentProgress.@Nullable View progress,
        @Nullable Map<String, List<String>> metadata,
        @Nullable List<String> tags,
        @Nullable List<String> inheritedTags) {

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
                progress == null ? null : progress.view(),
                document.metadata().isEmpty() ? null : document.metadata(),
                orNull(document.tags()),
                orNull(document.inheritedTags()));
    }

    private static @Nullable List<String> orNull(List<String> tags) {
        return tags.isEmpty() ? null : tags;
    }
}
