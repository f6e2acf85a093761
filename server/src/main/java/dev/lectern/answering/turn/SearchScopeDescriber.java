package dev.lectern.answering.turn;

import dev.lectern.answering.Answer.Searched;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes the scope of a search: numbers for the API and words for a sentence. */
final class SearchScopeDescriber {
    private static final int MAX_NAMES = 3;

    private final LibraryCollections collections;

    SearchScopeDescriber(LibraryCollections collections) {
        this.collections = collections;
    }

    /** @param words the same as part of a sentence, such as {@code 12 documents in “Handbook” and “Rules”} */
    record SearchScope(Searched searched, String words) {}

    SearchScope describe(String question, ReadableCollections readable) {
        List<LibraryCollection> found = readable.ids().stream()
                .flatMap(this::find)
                .sorted(Comparator.comparing(LibraryCollection::name))
                .toList();
        long documents = found.stream().mapToLong(LibraryCollection::documents).sum();
        return new SearchScope(
                new Searched(question, found.size(), documents),
                (documents == 1 ? "1 document" : documents + " documents") + names(found));
    }

    private Stream<LibraryCollection> find(CollectionId id) {
        try {
            return Stream.of(collections.get(id));
        } catch (LecternException deletedMeanwhile) {
            return Stream.empty();
        }
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
