package dev.lectern.library.consistency;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.library.consistency.IndexCopier.Count;
import dev.lectern.library.consistency.IndexDriftDetector.DocumentVersion;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.security.CollectionAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Verifies a filled index: the number of passages of every collection, and a sample of passages that must be found by their own embedding. */
final class IndexCopyVerifier {
    private static final int SAMPLE_SIZE = 100;
    private static final int MAX_HITS = 1_000;
    /** Minimum score of a vector with itself, however the index rounds. */
    private static final float MIN_SCORE = 0.98f;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final EmbeddingRepository embeddings;
    private final InstantSource clock;

    IndexCopyVerifier(JdbcClient jdbc, EmbeddingRepository embeddings, InstantSource clock) {
        this.jdbc = jdbc;
        this.embeddings = embeddings;
        this.clock = clock;
    }

    /**
     * @param lost versions without embeddings, which cannot be in the index
     * @param changing whether the library changes all the time, so that the counts may differ
     */
    List<Count> verifyCounts(PassageIndex index, Set<DocumentVersion> lost, boolean changing) {
        return jdbc
                .sql("SELECT id, name FROM collection WHERE embedder = ? ORDER BY id")
                .param(index.fingerprint().id())
                .query((row, number) -> Map.entry(new CollectionId(row.getString("id")), row.getString("name")))
                .list()
                .stream()
                .map(one -> new Count(one.getValue(), verifyCount(index, one.getKey(), lost, changing)))
                .toList();
    }

    private long verifyCount(PassageIndex index, CollectionId collection, Set<DocumentVersion> lost, boolean changing) {
        long expected = countPassages(collection);
        long indexed =
                index.count(SearchScope.of(CollectionAccess.readable(SystemTask.MAINTENANCE, Set.of(collection))));
        boolean changedNow = countPassages(collection) != expected;
        if (indexed != expected && lost.isEmpty() && !changing && !changedNow) {
            throw difference("The collection " + collection + " has " + expected
                    + " passages, but the target index has " + indexed + ".");
        }
        return indexed;
    }

    private long countPassages(CollectionId collection) {
        return jdbc.sql("SELECT COUNT(*) FROM passage p JOIN document d ON d.id = p.document WHERE d.collection = ?")
                .param(collection.value())
                .query(Long.class)
                .single();
    }

    private record Sample(String id, String document, String collection, String embedding) {}

    /**
     * Searches a sample of passages by their own embedding. The hash of the embedding selects them, so they come from all documents.
     *
     * @return number of found passages
     */
    int verifySample(PassageIndex index) {
        List<Sample> samples = jdbc.sql("SELECT p.id, p.document, d.collection, p.embedding FROM passage p"
                        + " JOIN document d ON d.id = p.document JOIN collection c ON c.id = d.collection"
                        + " WHERE c.embedder = ? ORDER BY p.embedding, p.id LIMIT ?")
                .params(index.fingerprint().id(), SAMPLE_SIZE)
                .query((row, number) ->
                        new Sample(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        Map<String, float[]> vectors = embeddings.load(
                index.fingerprint(), samples.stream().map(Sample::embedding).toList());
        int found = 0;
        for (Sample sample : samples) {
            float[] vector = vectors.get(sample.embedding());
            if (vector != null) {
                if (isFound(index, sample, vector)) {
                    found++;
                } else if (exists(sample)) {
                    throw difference(
                            "The target index does not find the passage " + sample.id() + " by its own embedding.");
                }
            }
        }
        return found;
    }

    private boolean isFound(PassageIndex index, Sample sample, float[] vector) {
        SearchScope searchScope = new SearchScope(
                CollectionAccess.readable(SystemTask.MAINTENANCE, Set.of(new CollectionId(sample.collection()))),
                Set.of(new DocumentId(sample.document())));
        List<SearchHit> hits = index.dense(vector, searchScope, MAX_HITS, Deadline.in(TIMEOUT, clock));
        return hits.stream().anyMatch(hit -> hit.passage().value().equals(sample.id()) && hit.score() > MIN_SCORE);
    }

    private boolean exists(Sample sample) {
        return jdbc.sql("SELECT COUNT(*) FROM passage WHERE id = ?")
                        .param(sample.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static LecternException difference(String what) {
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                what
                        + " Delete the target index and run the command again; the library and its present index are"
                        + " unchanged.");
    }
}
