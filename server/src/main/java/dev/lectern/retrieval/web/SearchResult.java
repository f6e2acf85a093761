package dev.lectern.retrieval.web;

import dev.lectern.library.DocumentLocation;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarningView;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.Passage;
import dev.lectern.retrieval.RankedPassage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search.
 *
 * @param items the best first, at most 100
 * @param searched the documents that were searched
 */
record SearchResult(List<Item> items, Searched searched) {

    /**
     * The documents of the searched collections.
     *
     * @param collections number of collections
     * @param documents number of documents of any status
     * @param searchable number of documents that could be searched
     * @param pending number of documents that are still to be read for the first time
     */
    record Searched(int collections, long documents, long searchable, long pending) {
        static Searched of(List<LibraryCollection> found) {
            return new Searched(
                    found.size(),
                    found.stream().mapToLong(LibraryCollection::documents).sum(),
                    found.stream().mapToLong(LibraryCollection::searchable).sum(),
                    found.stream().mapToLong(LibraryCollection::pending).sum());
        }
    }

    /**
     * A passage that was found.
     *
     * @param page from 1; null where the format has no pages
     * @param start in the document's text, UTF-16 units
     * @param end exclusive
     * @param displayText the text as people read it, with the names of the columns in each row of a table; absent if that is the text itself
     * @param score 0 to 1, comparable within one result
     * @param warning about the text of the document; absent while there is none
     */
    record Item(
            String passageId,
            String documentId,
            String title,
            String uri,
            @Nullable Integer page,
            List<String> headings,
            String text,
            @Nullable String displayText,
            int start,
            int end,
            double score,
            @Nullable DocumentWarningView warning) {

        static Item of(RankedPassage ranked, @Nullable DocumentWarning warning) {
            Passage passage = ranked.passage();
            return new Item(
                    passage.id().value(),
                    passage.document().value(),
                    passage.title(),
                    DocumentLocation.withoutServerPath(passage.uri()),
                    passage.page(),
                    passage.headings(),
                    passage.text(),
                    passage.displayText(),
                    passage.start(),
                    passage.end(),
                    ranked.score(),
                    DocumentWarningView.of(warning));
        }
    }
}
