package dev.lectern.library.jdbc;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.library.IndexCopy.Count;
import dev.lectern.library.jdbc.IndexDrift.Shown;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether an index that was filled holds what the library says: as many passages in every collection, and some of them where they belong. */
final class IndexCopyCheck {
    private static final int SAMPLE = 100;
    private static final int MOST_HITS = 1_000;
    /** Of a vector with itself, however the index rounds. */
    private static final float ALIKE = 0.98f;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final JdbcEmbeddings embeddings;
    private final InstantSource clock;

    IndexCopyCheck(JdbcClient jdbc, JdbcEmbeddings embeddings, InstantSource clock) {
        this.jdbc = jdbc;
        this.embeddings = embeddings;
        this.clock = clock;
    }

    /**
     * @param lost documents that cannot be in the index
     * @param changing whether the library is changed all the time, so that the counts may differ
     */
    List<Count> counts(PassageIndex index, Set<Shown> lost, boolean changing) {
        return jdbc
                .sql("SELECT id, name FROM collection WHERE embedder = ? ORDER BY id")
                .param(index.fingerprint().id())
                .query((row, number) -> Map.entry(new CollectionId(row.getString("id")), row.getString("name")))
                .list()
                .stream()
                .map(one -> new Count(one.getValue(), count(index, one.getKey(), lost, changing)))
                .toList();
    }

    private long count(PassageIndex index, CollectionId collection, Set<Shown> lost, boolean changing) {
        long wanted = wanted(collection);
        long there = index.count(SearchScope.of(new ReadableCollections(Set.of(collection))));
        boolean changedNow = wanted(collection) != wanted;
        if (there != wanted && lost.isEmpty() && !changing && !changedNow) {
            throw differs("The collection " + collection + " has " + wanted + " passages, and " + there + " there.");
        }
        return there;
    }

    private long wanted(CollectionId collection) {
        return jdbc.sql("SELECT COUNT(*) FROM passage p JOIN document d ON d.id = p.document WHERE d.collection = ?")
                .param(collection.value())
                .query(Long.class)
                .single();
    }

    private record Sample(String id, String document, String collection, String embedding) {}

    /**
     * Looks for some passages by their own embedding, chosen by its hash and so from everywhere.
     *
     * @return how many were found
     */
    int find(PassageIndex index) {
        List<Sample> samples = jdbc.sql("SELECT p.id, p.document, d.collection, p.embedding FROM passage p"
                        + " JOIN document d ON d.id = p.document JOIN collection c ON c.id = d.collection"
                        + " WHERE c.embedder = ? ORDER BY p.embedding, p.id LIMIT ?")
                .params(index.fingerprint().id(), SAMPLE)
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
                } else if (isStillThere(sample)) {
                    throw differs("The passage " + sample.id() + " is not found there by its own embedding.");
                }
            }
        }
        return found;
    }

    private boolean isFound(PassageIndex index, Sample sample, float[] vector) {
        SearchScope searchScope = new SearchScope(
                new ReadableCollections(Set.of(new CollectionId(sample.collection()))),
                Set.of(new DocumentId(sample.document())));
        List<SearchHit> hits = index.dense(vector, searchScope, MOST_HITS, Deadline.in(PATIENCE, clock));
        return hits.stream().anyMatch(hit -> hit.passage().value().equals(sample.id()) && hit.score() > ALIKE);
    }

    private boolean isStillThere(Sample sample) {
        return jdbc.sql("SELECT COUNT(*) FROM passage WHERE id = ?")
                        .param(sample.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static LecternException differs(String what) {
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                what
                        + " Delete what is there and run the command again; the library and its present index are as they were.");
    }
}
