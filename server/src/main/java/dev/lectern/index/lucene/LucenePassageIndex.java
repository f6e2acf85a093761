package dev.lectern.index.lucene;

import dev.lectern.index.Bounds;
import dev.lectern.index.Hit;
import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.Scope;
import dev.lectern.index.Selection;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.jspecify.annotations.Nullable;

/** The embedded index. What is visible is what is committed, so that nothing that was found is unknown after a crash. */
public final class LucenePassageIndex implements PassageIndex {
    private static final Sort BY_SCORE_THEN_ID =
            new Sort(SortField.FIELD_SCORE, new SortField(Fields.ID, SortField.Type.STRING));

    private final Path path;
    private final EmbedderFingerprint fingerprint;
    private final InstantSource clock;
    private final Analyzers analyzers;
    private final Store store;

    private LucenePassageIndex(
            Path path, EmbedderFingerprint fingerprint, InstantSource clock, Analyzers analyzers, Store store) {
        this.path = path;
        this.fingerprint = fingerprint;
        this.clock = clock;
        this.analyzers = analyzers;
        this.store = store;
    }

    /**
     * Opens the index in a folder, making it when it is not there.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE}, with what to do, when it is damaged or was made with another fingerprint
     */
    public static LucenePassageIndex open(Path path, EmbedderFingerprint fingerprint, InstantSource clock) {
        return open(path, fingerprint, clock, Consolidation.QUIET);
    }

    static LucenePassageIndex open(Path path, EmbedderFingerprint fingerprint, InstantSource clock, Duration quiet) {
        Analyzers analyzers = new Analyzers();
        try {
            Store store = Uninterrupted.call(() -> Store.open(LuceneFolder.open(path, fingerprint), analyzers, quiet));
            return new LucenePassageIndex(path, fingerprint, clock, analyzers, store);
        } catch (Exception e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public void add(List<IndexedPassage> passages) {
        Bounds.requireFit(passages, fingerprint);
        if (passages.isEmpty()) {
            return;
        }
        write(writer -> {
            for (IndexedPassage passage : passages) {
                writer.updateDocument(new Term(Fields.ID, passage.id().value()), Fields.document(passage));
            }
        });
    }

    @Override
    public void delete(List<Selection> selections) {
        if (selections.isEmpty()) {
            return;
        }
        Query[] queries = selections.stream().map(Fields::selected).toArray(Query[]::new);
        write(writer -> writer.deleteDocuments(queries));
    }

    private void write(Store.Change change) {
        try {
            Uninterrupted.call(() -> {
                store.write(change);
                return true;
            });
        } catch (Exception e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public List<Hit> lexical(String question, Scope scope, int limit, Deadline deadline) {
        Bounds.requireLimit(limit);
        return search(scope, deadline, limit, (snapshot, searcher, filter) -> {
            Query words = LexicalQueries.of(question, snapshot, analyzers);
            Query filtered = filter == null
                    ? words
                    : new BooleanQuery.Builder()
                            .add(words, Occur.MUST)
                            .add(filter, Occur.FILTER)
                            .build();
            return scored(searcher.search(filtered, new TopFieldCollectorManager(BY_SCORE_THEN_ID, limit, limit)));
        });
    }

    /** A search with an order of its own keeps the score among the fields that it sorted by. */
    private static List<ScoreDoc> scored(TopFieldDocs found) {
        return Arrays.stream(found.scoreDocs)
                .map(hit -> new ScoreDoc(hit.doc, (Float) ((FieldDoc) hit).fields[0]))
                .toList();
    }

    @Override
    public List<Hit> dense(float[] embedding, Scope scope, int limit, Deadline deadline) {
        Bounds.requireLimit(limit);
        Bounds.requireFit(embedding, fingerprint);
        float[] vector = Vectors.ofLengthOne(embedding);
        return search(
                scope,
                deadline,
                limit,
                (snapshot, searcher, filter) -> DenseSearch.nearest(searcher, vector, limit, filter));
    }

    private interface Leg {
        List<ScoreDoc> find(Snapshot snapshot, IndexSearcher searcher, @Nullable Query filter) throws IOException;
    }

    private List<Hit> search(Scope scope, Deadline deadline, int limit, Leg leg) {
        requireInTime(deadline);
        if (scope.collections().ids().isEmpty()) {
            return List.of();
        }
        return store.read(path, snapshot -> {
            IndexSearcher searcher = snapshot.with(() -> deadline.hasPassed(clock));
            Query filter = snapshot.isWhollyIn(scope) ? null : Fields.inScope(scope);
            List<Hit> hits = Hits.of(snapshot, leg.find(snapshot, searcher, filter), limit);
            requireInTime(deadline);
            return hits;
        });
    }

    private void requireInTime(Deadline deadline) {
        if (deadline.hasPassed(clock)) {
            throw new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, "Searching took longer than this request may take. Try again.");
        }
    }

    @Override
    public long count(Scope scope) {
        if (scope.collections().ids().isEmpty()) {
            return 0;
        }
        return store.read(path, snapshot -> (long) snapshot.count(Fields.inScope(scope)));
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {
        store.read(path, Contents::of).forEach(action);
    }

    /** How many parts of the index every search looks into. */
    int parts() {
        return store.read(path, snapshot -> snapshot.getIndexReader().leaves().size());
    }

    @Override
    public void check() {
        store.check(path);
    }

    @Override
    public void close() {
        try {
            Uninterrupted.call(() -> {
                store.close();
                return true;
            });
        } catch (Exception e) {
            throw Failures.of(e, path);
        }
    }

    @Override
    public String toString() {
        return "Lucene[" + path + "]";
    }
}
