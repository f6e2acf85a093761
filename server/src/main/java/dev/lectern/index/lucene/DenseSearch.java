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
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/** Nearest-neighbour search: takes candidates from the quantised HNSW graph, or every vector of a small scope, and ranks them by full-precision vectors. */
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
        int candidates = Math.max(LuceneTuning.MIN_CANDIDATES, LuceneTuning.OVERSAMPLING * limit);
        ScoreDoc[] found = searcher.search(
                        new KnnFloatVectorQuery(LuceneSchema.EMBEDDING, vector, candidates, filter), candidates)
                .scoreDocs;
        return rescored(searcher, vector, found);
    }

    private static List<ScoreDoc> exactly(IndexSearcher searcher, float[] vector, int limit, @Nullable Query filter)
            throws IOException {
        BestHits hits = new BestHits(limit);
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
