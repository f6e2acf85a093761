package dev.lectern.library;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import dev.lectern.text.Span;
import dev.lectern.text.TableContext;
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
 * @param table what its rows need of their table; null for a passage without rows
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
        String text,
        @Nullable TableContext table) {
    public Passage {
        headings = List.copyOf(headings);
    }

    /** A passage without rows. */
    public Passage(
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
        this(id, collection, document, version, ordinal, title, uri, language, headings, page, start, end, text, null);
    }

    /** The text as people read it, with rows as {@code Sensor TS-0087 · CO2 December: 400}; null if that is the text itself. */
    public @Nullable String displayText() {
        return displayText(new Span(0, text.length()));
    }

    /** The text below what its rows need of their table, such as the names of the columns: for programs that read it alone. */
    public String textWithTable() {
        if (table == null) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        table.lines(text).forEach(line -> whole.append(line).append('\n'));
        return whole.append(text).toString();
    }

    /**
     * A stretch of the text as people read it; null if that is the stretch itself.
     *
     * @param stretch of the text, not empty
     */
    public @Nullable String displayText(Span stretch) {
        String shown = table == null ? "" : table.format(text, stretch);
        return shown.isEmpty() || shown.equals(stretch.in(text)) ? null : shown;
    }
}
