package dev.lectern.ingestion.web;

import dev.lectern.library.DocumentView;
import dev.lectern.library.update.RegistrationResult;
import dev.lectern.shared.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of an upload.
 *
 * @param items one for each file, in order
 * @param documents the documents of the accepted files without more
 * @param job the job that reads them
 */
record UploadView(List<Item> items, List<DocumentView> documents, JobView job) {

    static UploadView of(List<Item> items, JobView job) {
        List<DocumentView> documents = items.stream()
                .filter(item -> item.outcome() != Outcome.refused)
                .map(Item::document)
                .filter(Objects::nonNull)
                .toList();
        return new UploadView(items, documents, job);
    }

    /** What became of a file: {@code renamed} is added under another name beside the document of its path. */
    enum Outcome {
        added,
        renamed,
        replaced,
        existing,
        refused
    }

    /**
     * The result of one file.
     *
     * @param outcome what became of the file; {@code renamed} is added under another name beside the document of its path
     * @param path the file's path within the upload; of a renamed file its new path, such as {@code lisbon.txt}
     * @param document the document that the file became; of a refused file the document of its path, which has other content; null when it was deleted since
     * @param job null for a refused file
     * @param existing whether the collection had the same bytes before
     * @param code stable code of the refusal, such as {@code document_exists}; null if it was accepted
     * @param reason what is wrong and what to do, for a refused file; null otherwise
     */
    record Item(
            String path,
            Outcome outcome,
            @Nullable DocumentView document,
            @Nullable JobView job,
            boolean existing,
            @Nullable String code,
            @Nullable String reason) {

        static Item of(RegistrationResult result, @Nullable DocumentView document, @Nullable JobView job) {
            Outcome outcome = outcome(result);
            boolean refused = outcome == Outcome.refused;
            return new Item(
                    result.path(),
                    outcome,
                    document,
                    refused ? null : job,
                    result.existing(),
                    refused ? ErrorCode.DOCUMENT_EXISTS.name().toLowerCase(Locale.ROOT) : null,
                    refused ? reason(result.path()) : null);
        }

        static Item existing(DocumentView document, JobView job) {
            return new Item(document.uri(), Outcome.existing, document, job, true, null, null);
        }

        private static Outcome outcome(RegistrationResult result) {
            return switch (result.outcome()) {
                case ADDED -> Outcome.added;
                case RENAMED -> Outcome.renamed;
                case REPLACED -> Outcome.replaced;
                case EXISTING -> Outcome.existing;
                case REFUSED, IGNORED -> Outcome.refused;
            };
        }

        private static String reason(String path) {
            return "The collection has a document " + path
                    + " with other content. Upload it with onConflict=replace or onConflict=keepBoth, or under another name.";
        }
    }
}
