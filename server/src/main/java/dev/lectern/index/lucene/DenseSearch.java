package dev.lectern.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Nearest-neighbour search. A small scope is compared by its full-precision vectors. In a larger one, candidates are found by comparing all quantised vectors, or in a huge
 * one by searching the graph, and ranked by full-precision vectors.
 */
final class DenseSearch {
    private DenseSearch() {}

    /**
     * @param vector unit vector
     * @param filter null for no filter
     * @param exactPassages number of passages up to which every vector of the scope is compared
     * @return cosine scores in any order; may be more than {@code limit}
     */
    static List<ScoreDoc> nearest(
            IndexSearcher searcher, float[] vector, int limit, @Nullable Query filter, int exactPassages)
            throws IOException {
        int passages = filter == null ? searcher.getIndexReader().numDocs() : searcher.count(filter);
        if (passages <= exactPassages) {
            return exactly(searcher, vector, limit, filter);
        }
        int candidates = LuceneTuning.OVERSAMPLING * limit;
        if (passages <= LuceneTuning.SCAN_LIMIT) {
            return rescored(searcher, vector, scanned(searcher, vector, candidates, filter));
        }
        int beam = Math.max(LuceneTuning.MIN_CANDIDATES, candidates);
        return rescored(
                searcher,
                vector,
                searcher.search(new KnnFloatVectorQuery(LuceneSchema.EMBEDDING, vector, beam, filter), beam).scoreDocs);
    }

    /** The best candidates by quantised vectors. */
    private static ScoreDoc[] scanned(IndexSearcher searcher, float[] vector, int candidates, @Nullable Query filter)
            throws IOException {
        BestHits hits = new BestHits(candidates);
        @Nullable Weight weight = weight(searcher, filter);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            DocIdSetIterator docs = matching(leaf, weight);
            if (docs != null) {
                Bits live = leaf.reader().getLiveDocs();
                int maxDoc = leaf.reader().maxDoc();
                leaf.reader()
                        .searchNearestVectors(
                                LuceneSchema.EMBEDDING,
                                vector,
                                new ScanningCollector(hits, leaf.docBase),
                                weight == null
                                        ? AcceptDocs.fromLiveDocs(live, maxDoc)
                                        : AcceptDocs.fromIteratorSupplier(() -> docs, live, maxDoc));
            }
        }
        return hits.all().toArray(ScoreDoc[]::new);
    }

    private static @Nullable Weight weight(IndexSearcher searcher, @Nullable Query filter) throws IOException {
        return filter == null
                ? null
                : searcher.createWeight(
                        searcher.rewrite(new ConstantScoreQuery(filter)), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    private static List<ScoreDoc> exactly(IndexSearcher searcher, float[] vector, int limit, @Nullable Query filter)
            throws IOException {
        BestHits hits = new BestHits(limit);
        @Nullable Weight weight = weight(searcher, filter);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            FloatVectorValues values = leaf.reader().getFloatVectorValues(LuceneSchema.EMBEDDING);
            DocIdSetIterator docs = matching(leaf, weight);
            if (values == null || docs == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            DocIndexIterator ordinals = values.iterator();
            for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                if ((live == null || live.get(doc)) && (ordinals.docID() == doc || ordinals.advance(doc) == doc)) {
                    hits.add(leaf.docBase + doc, VectorUtil.dotProduct(vector, values.vectorValue(ordinals.index())));
                }
            }
        }
        return hits.all();
    }

    private static @Nullable DocIdSetIterator matching(LeafReaderContext leaf, @Nullable Weight weight)
            throws IOException {
        if (weight == null) {
            return DocIdSetIterator.all(leaf.reader().maxDoc());
        }
        Scorer scorer = weight.scorer(leaf);
        return scorer == null ? null : scorer.iterator();
    }

    private static List<ScoreDoc> rescored(IndexSearcher searcher, float[] vector, ScoreDoc[] found)
            throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        ScoreDoc[] inOrder = found.clone();
        Arrays.sort(inOrder, Comparator.comparingInt(hit -> hit.doc));
        List<ScoreDoc> hits = new ArrayList<>(found.length);
        int current = -1;
        @Nullable FloatVectorValues values = null;
        @Nullable DocIndexIterator ordinals = null;
        for (ScoreDoc hit : inOrder) {
            int leaf = ReaderUtil.subIndex(hit.doc, leaves);
            if (leaf != current) {
                current = leaf;
                values = leaves.get(leaf).reader().getFloatVectorValues(LuceneSchema.EMBEDDING);
                ordinals = values == null ? null : values.iterator();
            }
            if (values != null && ordinals != null) {
                ordinals.advance(hit.doc - leaves.get(leaf).docBase);
                hits.add(new ScoreDoc(hit.doc, VectorUtil.dotProduct(vector, values.vectorValue(ordinals.index()))));
            }
        }
        return hits;
    }
}
