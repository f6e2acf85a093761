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
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/** Nearest-neighbour search: takes candidates from the quantised HNSW graph, or every vector of a small scope, and ranks them by full-precision vectors. */
final class DenseSearch {
    private DenseSearch() {}

    /**
     * @param vector unit vector
     * @param filter null for no filter
     * @return cosine scores in any order; may be more than {@code limit}
     */
    static List<ScoreDoc> nearest(IndexSearcher searcher, float[] vector, int limit, @Nullable Query filter)
            throws IOException {
        if (filter == null
                ? searcher.getIndexReader().numDocs() <= LuceneTuning.EXACT_SEARCH_LIMIT
                : isSmall(searcher, filter)) {
            return exactly(searcher, vector, filter);
        }
        int candidates = Math.max(LuceneTuning.MIN_CANDIDATES, limit);
        ScoreDoc[] found = searcher.search(
                        new KnnFloatVectorQuery(LuceneSchema.EMBEDDING, vector, candidates, filter), candidates)
                .scoreDocs;
        return rescored(searcher, vector, found);
    }

    private static boolean isSmall(IndexSearcher searcher, Query filter) throws IOException {
        return searcher.count(filter) <= LuceneTuning.EXACT_SEARCH_LIMIT;
    }

    private static List<ScoreDoc> exactly(IndexSearcher searcher, float[] vector, @Nullable Query filter)
            throws IOException {
        List<ScoreDoc> hits = new ArrayList<>();
        @Nullable Weight weight = filter == null
                ? null
                : searcher.createWeight(
                        searcher.rewrite(new ConstantScoreQuery(filter)), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            FloatVectorValues values = leaf.reader().getFloatVectorValues(LuceneSchema.EMBEDDING);
            DocIdSetIterator docs = matching(leaf, weight);
            if (values == null || docs == null) {
                continue;
            }
            DocIndexIterator ordinals = values.iterator();
            for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
                boolean live = leaf.reader().getLiveDocs() == null
                        || leaf.reader().getLiveDocs().get(doc);
                if (live && (ordinals.docID() == doc || ordinals.advance(doc) == doc)) {
                    float cosine = VectorUtil.dotProduct(vector, values.vectorValue(ordinals.index()));
                    hits.add(new ScoreDoc(leaf.docBase + doc, cosine));
                }
            }
        }
        return hits;
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
