package dev.lectern.index.qdrant;

import dev.lectern.index.SearchHit;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes the order of Qdrant's results deterministic. Qdrant returns equal scores in any order and may cut the result between them. So the search
 * requests a few additional points, and repeats the request with a higher limit when the last score continues beyond the limit.
 */
final class TieBreakingSearch {
    private static final int EXTRA_HITS = 16;
    private static final int WIDENING_FACTOR = 8;

    /** Maximum limit of a request. When more passages than this share one score, the returned ones are arbitrary. */
    static final int MAX_CANDIDATES = 10_000;

    private static final Comparator<SearchHit> BEST_FIRST = Comparator.<SearchHit>comparingDouble(SearchHit::score)
            .reversed()
            .thenComparing(searchHit -> searchHit.passage().value());

    private TieBreakingSearch() {}

    /** Queries Qdrant for the best points, best first. */
    interface PointQuery {
        List<ScoredPoint> find(int limit);
    }

    /** @param most highest limit that Qdrant accepts, at least {@code limit} */
    static List<SearchHit> of(int limit, int most, PointQuery query) {
        int asked = Math.min(limit + EXTRA_HITS, most);
        List<ScoredPoint> found = query.find(asked);
        while (found.size() >= asked && asked < most && isTiedAtLimit(found, limit)) {
            asked = Math.min(asked * WIDENING_FACTOR, most);
            found = query.find(asked);
        }
        return found.stream()
                .map(TieBreakingSearch::hit)
                .sorted(BEST_FIRST)
                .limit(limit)
                .toList();
    }

    /** The best hits of searches of several scopes without a common document. */
    static List<SearchHit> merge(List<List<SearchHit>> parts, int limit) {
        return parts.size() == 1
                ? parts.getFirst()
                : parts.stream()
                        .flatMap(List::stream)
                        .sorted(BEST_FIRST)
                        .limit(limit)
                        .toList();
    }

    private static boolean isTiedAtLimit(List<ScoredPoint> found, int limit) {
        return found.get(limit - 1).getScore() == found.getLast().getScore();
    }

    private static SearchHit hit(ScoredPoint point) {
        Map<String, Value> fields = point.getPayloadMap();
        return new SearchHit(
                new PassageId(QdrantDocumentCounter.text(fields, QdrantSchema.PASSAGE)),
                new DocumentId(QdrantDocumentCounter.text(fields, QdrantSchema.DOCUMENT)),
                QdrantDocumentCounter.number(fields, QdrantSchema.VERSION),
                QdrantDocumentCounter.text(fields, QdrantSchema.LANGUAGE),
                point.getScore());
    }
}
