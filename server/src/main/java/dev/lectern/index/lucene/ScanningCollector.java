package dev.lectern.index.lucene;

import org.apache.lucene.search.AbstractKnnCollector;
import org.apache.lucene.search.TopDocs;

/**
 * Collects candidates from all quantised vectors of a segment. Readers search the graph only for fewer hits than there are vectors, and this collector wants as many as it
 * can get. Not thread-safe.
 */
final class ScanningCollector extends AbstractKnnCollector {
    private final BestHits candidates;
    private final int docBase;

    /** @param docBase of the segment */
    ScanningCollector(BestHits candidates, int docBase) {
        super(Integer.MAX_VALUE, Long.MAX_VALUE);
        this.candidates = candidates;
        this.docBase = docBase;
    }

    @Override
    public boolean collect(int doc, float similarity) {
        candidates.add(docBase + doc, similarity);
        return true;
    }

    @Override
    public int numCollected() {
        return candidates.size();
    }

    @Override
    public float minCompetitiveSimilarity() {
        return candidates.least();
    }

    @Override
    public TopDocs topDocs() {
        throw new UnsupportedOperationException("The candidates of all segments are ranked together");
    }
}
