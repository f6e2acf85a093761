package dev.lectern.answering.turn;

import dev.lectern.answering.Answer.Searched;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchFilter;
import dev.lectern.security.ReadableCollections;
import java.util.List;
import java.util.Optional;

/** Describes the scope of a search: numbers for the API and words for a sentence. */
final class SearchScopeDescriber {
    private static final int MAX_NAMES = 3;

    private final LibraryCollections collections;
    private final DocumentFields fields;

    SearchScopeDescriber(LibraryCollections collections, DocumentFields fields) {
        this.collections = collections;
        this.fields = fields;
    }

    /**
     * @param words the documents that could be searched as part of a sentence, such as {@code 12 documents in “Handbook” and “Rules”}
     * @param remainder a sentence, with a leading space, about documents that could not be searched; empty when there are none
     */
    record SearchScope(Searched searched, String words, String remainder) {}

    SearchScope describe(String question, ReadableCollections readable, SearchFilter filter) {
        List<LibraryCollection> found = collections.list(readable);
        long documents = found.stream().mapToLong(LibraryCollection::documents).sum();
        long searchable =
                found.stream().mapToLong(LibraryCollection::searchable).sum();
        long pending = found.stream().mapToLong(LibraryCollection::pending).sum();
        return new SearchScope(
                new Searched(question, found.size(), documents, searchable, pending),
                filter.isEmpty()
                        ? count(searchable) + names(found)
                        : filtered(fields.find(filter, readable).size()) + names(found),
                remainder(documents, searchable, pending));
    }

    private static String remainder(long documents, long searchable, long pending) {
        if (pending > 0) {
            return " " + searchable + " of " + count(documents)
                    + " can be searched so far. Ask again when the others have been read.";
        }
        long unreadable = documents - searchable;
        return unreadable == 0 ? "" : " " + count(unreadable) + " could not be read.";
    }

    private static String filtered(int documents) {
        return documents == 1
                ? "the 1 document that passes the filter"
                : "the " + documents + " documents that pass the filter";
    }

    private static String count(long documents) {
        return documents == 1 ? "1 document" : documents + " documents";
    }

    private static String names(List<LibraryCollection> found) {
        if (found.isEmpty()) {
            return "";
        }
        if (found.size() > MAX_NAMES) {
            return " in " + found.size() + " collections";
        }
        Optional<String> joined = found.stream()
                .map(collection -> "“" + collection.name() + "”")
                .reduce((before, next) -> before + " and " + next);
        return " in " + joined.orElseThrow();
    }
}
