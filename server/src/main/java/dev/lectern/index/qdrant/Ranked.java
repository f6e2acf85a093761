package dev.lectern.index.qdrant;

import dev.lectern.index.Hit;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Orders what Qdrant found. Qdrant leaves equal scores in any order and cuts in the middle of them, so it is asked for a few more than are wanted, and
 * for many more where the last score goes on behind them.
 */
final class Ranked {
    private static final int A_FEW = 16;
    private static final int WIDER = 8;

    /** Where more passages than this share one score, which of them are returned is not defined. */
    static final int MOST = 10_000;

    private static final Comparator<Hit> BEST_FIRST = Comparator.<Hit>comparingDouble(Hit::score)
            .reversed()
            .thenComparing(hit -> hit.passage().value());

    private Ranked() {}

    /** Asks Qdrant for so many, best first. */
    interface Ask {
        List<ScoredPoint> most(int limit);
    }

    /** @param most that Qdrant may be asked for, at least {@code limit} */
    static List<Hit> of(int limit, int most, Ask ask) {
        int asked = Math.min(limit + A_FEW, most);
        List<ScoredPoint> found = ask.most(asked);
        while (found.size() >= asked && asked < most && goesOn(found, limit)) {
            asked = Math.min(asked * WIDER, most);
            found = ask.most(asked);
        }
        return found.stream().map(Ranked::hit).sorted(BEST_FIRST).limit(limit).toList();
    }

    private static boolean goesOn(List<ScoredPoint> found, int limit) {
        return found.get(limit - 1).getScore() == found.getLast().getScore();
    }

    private static Hit hit(ScoredPoint point) {
        Map<String, Value> fields = point.getPayloadMap();
        return new Hit(
                new PassageId(Contents.text(fields, Layout.PASSAGE)),
                new DocumentId(Contents.text(fields, Layout.DOCUMENT)),
                Contents.number(fields, Layout.VERSION),
                Contents.text(fields, Layout.LANGUAGE),
                point.getScore());
    }
}
