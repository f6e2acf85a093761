package dev.lectern.index.lucene;

import dev.lectern.index.IndexLimits;
import dev.lectern.index.IndexSearchProperties;
import dev.lectern.index.IndexedDocument;
import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
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

/** The embedded Lucene index. Searches see committed changes only, so that every hit survives a crash. */
public final class LucenePassageIndex implements PassageIndex {
    private static final Sort BY_SCORE_THEN_ID =
            new Sort(SortField.FIELD_SCORE, new SortField(LuceneSchema.ID, SortField.Type.STRING));

    private final Path path;
    private final EmbedderFingerprint fingerprint;
    private final int exactPassages;
    private final InstantSource clock;
    private final LanguageAnalyzers languageAnalyzers;
    private final LuceneIndexHandle luceneIndexHandle;

    private LucenePassageIndex(
            Path path,
            EmbedderFingerprint fingerprint,
            IndexSearchProperties search,
            InstantSource clock,
            LanguageAnalyzers languageAnalyzers,
            LuceneIndexHandle luceneIndexHandle) {
        this.path = path;
        this.fingerprint = fingerprint;
        this.exactPassages = search.exactPassages();
        this.clock = clock;
        this.languageAnalyzers = languageAnalyzers;
        this.luceneIndexHandle = luceneIndexHandle;
    }

    /**
     * Opens the index in a folder; creates it if it does not exist.
     *
     * @throws LecternException {@code INDEX_UNAVAILABLE} when it is damaged or was built with another fingerprint
     */
    public static LucenePassageIndex open(Path path, EmbedderFingerprint fingerprint, InstantSource clock) {
        return open(path, fingerprint, IndexSearchProperties.DEFAULT, clock);
    }

    /** @throws LecternException {@code INDEX_UNAVAILABLE} when it is damaged or was built with another fingerprint */
    public static LucenePassageIndex open(
            Path path, EmbedderFingerprint fingerprint, IndexSearchProperties search, InstantSource clock) {
        return open(path, fingerprint, search, clock, SegmentConsolidator.QUIET);
    }

    static LucenePassageIndex open(Path path, EmbedderFingerprint fingerprint, InstantSource clock, Duration quiet) {
        return open(path, fingerprint, IndexSearchProperties.DEFAULT, clock, quiet);
    }

    private static LucenePassageIndex open(
            Path path,
            EmbedderFingerprint fingerprint,
            IndexSearchProperties search,
            InstantSource clock,
            Duration quiet) {
        LanguageAnalyzers languageAnalyzers = new LanguageAnalyzers();
        try {
            LuceneIndexHandle luceneIndexHandle = UninterruptibleExecutor.call(
                    () -> LuceneIndexHandle.open(LuceneFolder.open(path, fingerprint), languageAnalyzers, quiet));
            return new LucenePassageIndex(path, fingerprint, search, clock, languageAnalyzers, luceneIndexHandle);
        } catch (Exception e) {
            throw LuceneExceptionTranslator.of(e, path);
        }
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public void add(List<IndexedPassage> passages) {
        IndexLimits.requireBatch(passages, fingerprint);
        if (passages.isEmpty()) {
            return;
        }
        write(writer -> {
            for (IndexedPassage passage : passages) {
                writer.updateDocument(new Term(LuceneSchema.ID, passage.id().value()), LuceneSchema.document(passage));
            }
        });
    }

    @Override
    public void delete(List<PassageSelection> selections) {
        if (selections.isEmpty()) {
            return;
        }
        Query[] queries = selections.stream().map(LuceneSchema::selectionQuery).toArray(Query[]::new);
        write(writer -> writer.deleteDocuments(queries));
    }

    private void write(LuceneIndexHandle.Change change) {
        try {
            UninterruptibleExecutor.call(() -> {
                luceneIndexHandle.write(change);
                return true;
            });
        } catch (Exception e) {
            throw LuceneExceptionTranslator.of(e, path);
        }
    }

    @Override
    public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
        IndexLimits.requireLimit(limit);
        return search(searchScope, deadline, limit, (indexSnapshot, searcher, filter) -> {
            Query words = LexicalQueryBuilder.of(question, indexSnapshot, languageAnalyzers);
            Query filtered = filter == null
                    ? words
                    : new BooleanQuery.Builder()
                            .add(words, Occur.MUST)
                            .add(filter, Occur.FILTER)
                            .build();
            return scored(searcher.search(filtered, new TopFieldCollectorManager(BY_SCORE_THEN_ID, limit, limit)));
        });
    }

    /** A search with a custom sort order returns the score as a sort field. */
    private static List<ScoreDoc> scored(TopFieldDocs found) {
        return Arrays.stream(found.scoreDocs)
                .map(hit -> new ScoreDoc(hit.doc, (Float) ((FieldDoc) hit).fields[0]))
                .toList();
    }

    @Override
    public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
        IndexLimits.requireLimit(limit);
        IndexLimits.requireDimensions(embedding, fingerprint);
        float[] vector = VectorNormalizer.normalize(embedding);
        return search(
                searchScope,
                deadline,
                limit,
                (indexSnapshot, searcher, filter) ->
                        DenseSearch.nearest(searcher, vector, limit, filter, exactPassages));
    }

    private interface SegmentSearch {
        List<ScoreDoc> find(IndexSnapshot indexSnapshot, IndexSearcher searcher, @Nullable Query filter)
                throws IOException;
    }

    private List<SearchHit> search(SearchScope searchScope, Deadline deadline, int limit, SegmentSearch leg) {
        requireNotExpired(deadline);
        if (searchScope.collections().ids().isEmpty()) {
            return List.of();
        }
        return luceneIndexHandle.read(path, indexSnapshot -> {
            IndexSearcher searcher = indexSnapshot.with(() -> deadline.hasPassed(clock));
            Query filter = indexSnapshot.isCoveredBy(searchScope) ? null : indexSnapshot.filter(searchScope);
            List<SearchHit> hits = SearchHitReader.of(indexSnapshot, leg.find(indexSnapshot, searcher, filter), limit);
            requireNotExpired(deadline);
            return hits;
        });
    }

    private void requireNotExpired(Deadline deadline) {
        if (deadline.hasPassed(clock)) {
            throw new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, "The search exceeded the deadline of this request. Try again.");
        }
    }

    @Override
    public long count(SearchScope searchScope) {
        if (searchScope.collections().ids().isEmpty()) {
            return 0;
        }
        return luceneIndexHandle.read(
                path, indexSnapshot -> (long) indexSnapshot.count(indexSnapshot.filter(searchScope)));
    }

    @Override
    public void forEachDocument(Consumer<IndexedDocument> action) {
        luceneIndexHandle.read(path, IndexedPassageCounter::of).forEach(action);
    }

    /** The number of segments that every search visits. */
    int countSegments() {
        return luceneIndexHandle.read(
                path, indexSnapshot -> indexSnapshot.getIndexReader().leaves().size());
    }

    @Override
    public void check() {
        luceneIndexHandle.check(path);
    }

    @Override
    public void close() {
        try {
            UninterruptibleExecutor.call(() -> {
                luceneIndexHandle.close();
                return true;
            });
        } catch (Exception e) {
            throw LuceneExceptionTranslator.of(e, path);
        }
    }

    @Override
    public String toString() {
        return "Lucene[" + path + "]";
    }
}
