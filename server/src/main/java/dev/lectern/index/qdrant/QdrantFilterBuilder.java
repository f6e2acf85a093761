package dev.lectern.index.qdrant;

import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.util.List;

/** Builds Qdrant filters for search scopes and passage selections. All filtered fields have a payload index. */
final class QdrantFilterBuilder {
    /** Maximum number of conditions of one selection. */
    static final int CONDITIONS_PER_SELECTION = 2;

    /** Maximum number of conditions of a scope. */
    static final int CONDITIONS_PER_SCOPE = 5;

    private QdrantFilterBuilder() {}

    /**
     * @param searchScope with at least one collection
     * @param documents maximum number of documents that one condition names; the scope has no more, but may exclude more
     */
    static Filter of(SearchScope searchScope, int documents) {
        Filter.Builder filter = Filter.newBuilder()
                .addMust(any(
                        QdrantSchema.COLLECTION,
                        searchScope.collections().ids().stream()
                                .map(CollectionId::value)
                                .sorted()
                                .toList()));
        if (!searchScope.documents().isEmpty()) {
            filter.addMust(any(
                    QdrantSchema.DOCUMENT,
                    searchScope.documents().stream()
                            .map(DocumentId::value)
                            .sorted()
                            .toList()));
        }
        if (!searchScope.excluded().isEmpty()) {
            List<String> excluded = searchScope.excluded().stream()
                    .map(DocumentId::value)
                    .sorted()
                    .toList();
            for (int start = 0; start < excluded.size(); start += documents) {
                filter.addMustNot(any(
                        QdrantSchema.DOCUMENT,
                        excluded.subList(start, Math.min(start + documents, excluded.size()))));
            }
        }
        if (!searchScope.labels().isUnrestricted()) {
            addVisible(filter, searchScope.labels().names().stream().sorted().toList());
        }
        return filter.build();
    }

    /** Points without labels, and those with at least one of the names. */
    private static void addVisible(Filter.Builder filter, List<String> names) {
        Condition unlabelled = ConditionFactory.isEmpty(QdrantSchema.LABELS);
        if (names.isEmpty()) {
            filter.addMust(unlabelled);
        } else {
            filter.addShould(unlabelled).addShould(any(QdrantSchema.LABELS, names));
        }
    }

    /** Matches every passage that at least one selection matches. */
    static Filter of(List<PassageSelection> selections) {
        Filter.Builder filter = Filter.newBuilder();
        selections.forEach(passageSelection -> filter.addShould(ConditionFactory.filter(one(passageSelection))));
        return filter.build();
    }

    private static Filter one(PassageSelection passageSelection) {
        Filter.Builder filter = Filter.newBuilder();
        return switch (passageSelection) {
            case PassageSelection.OfCollection(CollectionId collection) ->
                filter.addMust(ConditionFactory.matchKeyword(QdrantSchema.COLLECTION, collection.value()))
                        .build();
            case PassageSelection.OfDocument(DocumentId document) ->
                filter.addMust(document(document)).build();
            case PassageSelection.OfVersionsBefore(DocumentId document, int version) ->
                filter.addMust(document(document))
                        .addMust(ConditionFactory.range(
                                QdrantSchema.VERSION,
                                Range.newBuilder().setLt(version).build()))
                        .build();
            case PassageSelection.OfVersion(DocumentId document, int version) ->
                filter.addMust(document(document))
                        .addMust(ConditionFactory.match(QdrantSchema.VERSION, version))
                        .build();
        };
    }

    private static Condition document(DocumentId document) {
        return ConditionFactory.matchKeyword(QdrantSchema.DOCUMENT, document.value());
    }

    private static Condition any(String field, List<String> values) {
        return values.size() == 1
                ? ConditionFactory.matchKeyword(field, values.getFirst())
                : ConditionFactory.matchKeywords(field, values);
    }
}
