package dev.lectern.answering;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A numbered link from an answer to the span of a passage that supports it.
 *
 * @param number in the text of the answer, from 1
 * @param version of the document when it was quoted
 * @param page from 1, null where the format has no pages
 * @param quote the document's text from start to end, at that version
 * @param displayQuote the quote as people read it, with the names of the columns in each row of a table; null if that is the quote itself
 * @param start in the document's text, UTF-16 units
 * @param end exclusive
 * @param score of the passage in the search, 0 to 1
 */
public record Citation(
        int number,
        DocumentId document,
        int version,
        CollectionId collection,
        String title,
        String uri,
        @Nullable Integer page,
        List<String> headings,
        String quote,
        @Nullable String displayQuote,
        int start,
        int end,
        double score) {
    public Citation {
        headings = List.copyOf(headings);
    }

    /** The quote as it is shown. */
    public String shownQuote() {
        return displayQuote == null ? quote : displayQuote;
    }

    /** The same link without the text that it quotes. */
    public Citation withoutQuote() {
        return new Citation(number, document, version, collection, title, uri, page, headings, "", null, start, end, score);
    }
}
