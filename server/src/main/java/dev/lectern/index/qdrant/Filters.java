package dev.lectern.index.qdrant;

import dev.lectern.index.Scope;
import dev.lectern.index.Selection;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.util.List;

/** What belongs to a scope or a selection, by fields that each have an index of their own. */
final class Filters {
    /** Conditions of a scope, and of one selection, at most. */
    static final int CONDITIONS = 2;

    private Filters() {}

    /** @param scope with at least one collection */
    static Filter of(Scope scope) {
        Filter.Builder filter = Filter.newBuilder()
                .addMust(any(
                        Layout.COLLECTION,
                        scope.collections().ids().stream()
                                .map(CollectionId::value)
                                .sorted()
                                .toList()));
        if (!scope.documents().isEmpty()) {
            filter.addMust(any(
                    Layout.DOCUMENT,
                    scope.documents().stream().map(DocumentId::value).sorted().toList()));
        }
        return filter.build();
    }

    /** Whatever any of the selections says. */
    static Filter of(List<Selection> selections) {
        Filter.Builder filter = Filter.newBuilder();
        selections.forEach(selection -> filter.addShould(ConditionFactory.filter(one(selection))));
        return filter.build();
    }

    private static Filter one(Selection selection) {
        Filter.Builder filter = Filter.newBuilder();
        return switch (selection) {
            case Selection.OfCollection(CollectionId collection) ->
                filter.addMust(ConditionFactory.matchKeyword(Layout.COLLECTION, collection.value()))
                        .build();
            case Selection.OfDocument(DocumentId document) ->
                filter.addMust(document(document)).build();
            case Selection.OfVersionsBefore(DocumentId document, int version) ->
                filter.addMust(document(document))
                        .addMust(ConditionFactory.range(
                                Layout.VERSION,
                                Range.newBuilder().setLt(version).build()))
                        .build();
            case Selection.OfVersion(DocumentId document, int version) ->
                filter.addMust(document(document))
                        .addMust(ConditionFactory.match(Layout.VERSION, version))
                        .build();
        };
    }

    private static Condition document(DocumentId document) {
        return ConditionFactory.matchKeyword(Layout.DOCUMENT, document.value());
    }

    private static Condition any(String field, List<String> values) {
        return values.size() == 1
                ? ConditionFactory.matchKeyword(field, values.getFirst())
                : ConditionFactory.matchKeywords(field, values);
    }
}
