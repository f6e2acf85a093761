package dev.lectern.answering;

import dev.lectern.library.Passage;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passage that the search found for a question, as it is shown with the answer.
 *
 * @param displayText the text as people read it, with the names of the columns in each row of a table; null if that is the text itself
 * @param start in the document's text, UTF-16 units
 * @param end exclusive
 * @param score 0 to 1
 */
public record FoundPassage(
        PassageId passage,
        DocumentId document,
        String title,
        String uri,
        @Nullable Integer page,
        List<String> headings,
        String text,
        @Nullable String displayText,
        int start,
        int end,
        double score) {
    public FoundPassage {
        headings = List.copyOf(headings);
    }

    /** Copies what is shown of a ranked passage. */
    public static FoundPassage of(RankedPassage ranked) {
        Passage passage = ranked.passage();
        return new FoundPassage(
                passage.id(),
                passage.document(),
                passage.title(),
                passage.uri(),
                passage.page(),
                passage.headings(),
                passage.text(),
                passage.displayText(),
                passage.start(),
                passage.end(),
                ranked.score());
    }
}
