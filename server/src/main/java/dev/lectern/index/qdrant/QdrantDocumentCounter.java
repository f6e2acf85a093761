package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedDocument;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the passages of every version of every document with scroll requests. Scrolling is not a snapshot: a passage that is added or deleted during
 * the count may be included or not.
 */
final class QdrantDocumentCounter {
    private static final List<String> FIELDS =
            List.of(QdrantSchema.COLLECTION, QdrantSchema.DOCUMENT, QdrantSchema.VERSION);

    private record Version(String collection, String document, int version) {}

    private QdrantDocumentCounter() {}

    static void count(
            String collection, int page, Function<ScrollPoints, ScrollResponse> ask, Consumer<IndexedDocument> action) {
        Map<Version, Integer> counts = new HashMap<>();
        @Nullable PointId from = null;
        do {
            ScrollPoints.Builder request = ScrollPoints.newBuilder()
                    .setCollectionName(collection)
                    .setLimit(page)
                    .setWithPayload(WithPayloadSelectorFactory.include(FIELDS));
            if (from != null) {
                request.setOffset(from);
            }
            ScrollResponse answer = ask.apply(request.build());
            answer.getResultList().forEach(point -> counts.merge(version(point), 1, Integer::sum));
            from = answer.hasNextPageOffset() ? answer.getNextPageOffset() : null;
        } while (from != null);
        counts.forEach((version, passages) -> action.accept(new IndexedDocument(
                new CollectionId(version.collection()),
                new DocumentId(version.document()),
                version.version(),
                passages)));
    }

    private static Version version(RetrievedPoint point) {
        Map<String, Value> fields = point.getPayloadMap();
        return new Version(
                text(fields, QdrantSchema.COLLECTION),
                text(fields, QdrantSchema.DOCUMENT),
                number(fields, QdrantSchema.VERSION));
    }

    static String text(Map<String, Value> fields, String name) {
        Value value = fields.get(name);
        if (value == null || !value.hasStringValue()) {
            throw foreign();
        }
        return value.getStringValue();
    }

    static int number(Map<String, Value> fields, String name) {
        Value value = fields.get(name);
        if (value == null || !value.hasIntegerValue()) {
            throw foreign();
        }
        return Math.toIntExact(value.getIntegerValue());
    }

    private static LecternException foreign() {
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                "Lectern's Qdrant collection contains points that Lectern did not write. Move them to another collection.");
    }
}
