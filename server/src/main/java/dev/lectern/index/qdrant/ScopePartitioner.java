package dev.lectern.index.qdrant;

import dev.lectern.index.SearchScope;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Splits a scope of many documents into scopes that one request can name. The best hits of the parts are those of the whole, since the scores of Qdrant
 * do not depend on the filter.
 */
final class ScopePartitioner {
    /** Documents of one request: of 100,000 ids it has about 3 MB. */
    static final int MAX_DOCUMENTS = 100_000;

    private ScopePartitioner() {}

    /**
     * Scopes without a common document that are the whole together; the scope itself when it names few documents.
     *
     * @param most maximum number of documents of a part, at least 1
     */
    static List<SearchScope> split(SearchScope scope, int most) {
        if (scope.documents().size() <= most) {
            return List.of(scope);
        }
        List<DocumentId> documents = new ArrayList<>(scope.documents());
        documents.sort(Comparator.comparing(DocumentId::value));
        List<SearchScope> parts = new ArrayList<>();
        for (int start = 0; start < documents.size(); start += most) {
            parts.add(scope.within(
                    Set.copyOf(documents.subList(start, Math.min(start + most, documents.size())))));
        }
        return parts;
    }
}
