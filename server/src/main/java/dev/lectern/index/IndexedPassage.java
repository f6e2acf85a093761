package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;
import java.util.Set;

/**
 * A passage in the form in which it is added to an index.
 *
 * @param id unique in the index; a passage with the same id is replaced
 * @param version version of the document that the passage belongs to
 * @param language ISO 639-1 code, or {@code und} when unknown; selects the analyzer
 * @param title title of the document, may be empty
 * @param headings headings above the passage, outermost first, then what its rows need of their table, such as the names of the columns; may be empty
 * @param text 0 to 1,000,000 UTF-16 units
 * @param labels access labels of the document; empty when everyone who may read the collection may see it
 * @param embedding unit vector with the dimensions of the index's fingerprint; neither stored by reference nor modified
 */
@SuppressWarnings("ArrayRecordComponent")
public record IndexedPassage(
        PassageId id,
        CollectionId collection,
        DocumentId document,
        int version,
        String language,
        String title,
        List<String> headings,
        String text,
        Set<String> labels,
        float[] embedding) {
    public IndexedPassage {
        labels = Set.copyOf(labels);
    }

    /** A passage of a document without access labels. */
    public IndexedPassage(
            PassageId id,
            CollectionId collection,
            DocumentId document,
            int version,
            String language,
            String title,
            List<String> headings,
            String text,
            float[] embedding) {
        this(id, collection, document, version, language, title, headings, text, Set.of(), embedding);
    }
}
