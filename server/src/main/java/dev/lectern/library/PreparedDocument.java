package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that was read, cut and embedded, ready to be shown.
 *
 * @param hash of the bytes that it was read from; when the document has newer ones this version is dropped
 * @param passages in the order of the text, each with a stored embedding
 */
public record PreparedDocument(
        DocumentId id,
        String hash,
        String title,
        @Nullable String mediaType,
        String text,
        List<DocumentText.Heading> headings,
        List<DocumentText.PageStart> pages,
        List<PreparedPassage> passages) {
    public PreparedDocument {
        headings = List.copyOf(headings);
        pages = List.copyOf(pages);
        passages = List.copyOf(passages);
    }

    /**
     * A passage before it has an id.
     *
     * @param language ISO 639-1, or {@code und}
     * @param tableHeader the names of the columns when the passage begins below them, otherwise null
     * @param embedding the key of its embedding in {@link PassageEmbeddings}
     */
    public record PreparedPassage(
            String language,
            List<String> headings,
            @Nullable String tableHeader,
            @Nullable Integer page,
            int start,
            int end,
            String embedding) {
        public PreparedPassage {
            headings = List.copyOf(headings);
        }
    }
}
