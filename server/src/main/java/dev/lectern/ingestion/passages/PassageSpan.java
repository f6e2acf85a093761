package dev.lectern.ingestion.passages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a passage is in its document: {@code text.substring(start, end)} of the document's text, without white space at its ends.
 *
 * @param headings from the top heading to the nearest, may be empty; then the kind of note if the passage begins with one
 * @param tableHeader what its rows need of their table, as {@link dev.lectern.text.TableContext#toStored}; null for a passage without rows
 * @param page where it begins, from 1; null where the format has no pages
 * @param start in the document's text, UTF-16 units
 * @param end exclusive, greater than start
 */
public record PassageSpan(
        List<String> headings,
        @Nullable String tableHeader,
        @Nullable Integer page,
        int start,
        int end) {
    public PassageSpan {
        headings = List.copyOf(headings);
    }
}
