package dev.lectern.library;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a collection.
 *
 * @param status {@code queued}, {@code running}, {@code done} or {@code failed}
 * @param passages number of its passages
 * @param warning about the text that is shown of it; absent while there is none
 * @param progress how far the work on it is; null when it is not being worked on
 * @param notices what the reader left out of its text, or what is to be known about it; absent while there is nothing
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
        @Nullable List<NoticeView> notices,
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

    /**
     * A notice about how the text was read.
     *
     * @param kind {@link ReadingNotice.Kind}
     * @param count how many of them
     * @param total how many there are in the file; absent where that says nothing
     * @param detail names of the things; absent where they have none
     * @param text the notice as a sentence in English
     */
    public record NoticeView(
            String kind,
            int count,
            @Nullable Integer total,
            @Nullable String detail,
            String text) {

        static @Nullable List<NoticeView> of(List<ReadingNotice> notices) {
            return notices.isEmpty()
                    ? null
                    : notices.stream()
                            .map(notice -> new NoticeView(
                                    notice.kind().name().toLowerCase(Locale.ROOT),
                                    notice.count(),
                                    notice.total(),
                                    notice.detail(),
                                    notice.sentence()))
                            .toList();
        }
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
                NoticeView.of(document.notices()),
                document.metadata().isEmpty() ? null : document.metadata(),
                orNull(document.tags()),
                orNull(document.inheritedTags()));
    }

    private static @Nullable List<String> orNull(List<String> tags) {
        return tags.isEmpty() ? null : tags;
    }
}
