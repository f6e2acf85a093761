package dev.lectern.index;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;

/**
 * A passage as the index takes it in.
 *
 * @param id unique in the index; a passage with the same id is replaced
 * @param version of the document that the passage was cut from
 * @param language ISO 639-1 code, or {@code und} where it is not known; chooses the analyzer
 * @param title of the document, may be empty
 * @param headings path from the top heading to the nearest, may be empty
 * @param text 0 to 1,000,000 UTF-16 units
 * @param embedding as many numbers as the index's fingerprint has dimensions, of length 1; not kept, not changed
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
        float[] embedding) {}
