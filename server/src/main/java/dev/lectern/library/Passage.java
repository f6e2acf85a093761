package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the present version of a document.
 *
 * @param ordinal its position in the document, from 0
 * @param title of the document
 * @param uri address of the document, for people ({@code folder:guides/name.pdf}, {@code upload:name.pdf})
 * @param language ISO 639-1, or {@code und}
 * @param headings from the top heading to the nearest, may be empty
 * @param page from 1; null for formats without pages
 * @param start in the document's text, UTF-16 units
 * @param end exclusive
 * @param text exactly the document's text from start to end
 */
public record Passage(
        PassageId id,
        CollectionId collection,
        DocumentId document,
        int version,
        int ordinal,
        String title,
        String uri,
        String language,
        List<String> headings,
        @Nullable Integer page,
        int start,
        int end,
        String text) {
    public Passage {
        headings = List.copyOf(headings);
    }
}
