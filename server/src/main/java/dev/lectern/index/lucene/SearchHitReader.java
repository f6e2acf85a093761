package dev.lectern.index.lucene;

import dev.lectern.index.SearchHit;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreDoc;
import org.jspecify.annotations.Nullable;

/** Reads the stored columns of Lucene documents as search hits. */
final class SearchHitReader {
    static final Comparator<SearchHit> BEST_FIRST = Comparator.<SearchHit>comparingDouble(SearchHit::score)
            .reversed()
            .thenComparing(searchHit -> searchHit.passage().value());

    private SearchHitReader() {}

    /** The hits, best first; equal scores are ordered by passage id. */
    static List<SearchHit> of(IndexSnapshot indexSnapshot, Collection<ScoreDoc> found, int limit) throws IOException {
        List<LeafReaderContext> leaves = indexSnapshot.getIndexReader().leaves();
        List<ScoreDoc> inOrder = best(found, limit);
        inOrder.sort(Comparator.comparingInt(searchHit -> searchHit.doc));
        List<SearchHit> hits = new ArrayList<>(found.size());
        @Nullable Columns columns = null;
        for (ScoreDoc searchHit : inOrder) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(searchHit.doc, leaves));
            if (columns == null || columns.leaf != leaf) {
                columns = new Columns(leaf);
            }
            hits.add(columns.hit(searchHit));
        }
        hits.sort(BEST_FIRST);
        return hits.size() > limit ? List.copyOf(hits.subList(0, limit)) : hits;
    }

    /** The best hits plus all ties of the last one, so that passage ids and not index order break the tie. */
    private static List<ScoreDoc> best(Collection<ScoreDoc> found, int limit) {
        List<ScoreDoc> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.<ScoreDoc>comparingDouble(searchHit -> searchHit.score)
                .reversed());
        int end = Math.min(limit, sorted.size());
        while (end > 0 && end < sorted.size() && sorted.get(end).score == sorted.get(end - 1).score) {
            end++;
        }
        return new ArrayList<>(sorted.subList(0, end));
    }

    private static final class Columns {
        private final LeafReaderContext leaf;
        private final SortedDocValues id;
        private final SortedDocValues document;
        private final SortedDocValues language;
        private final NumericDocValues version;

        Columns(LeafReaderContext leaf) throws IOException {
            LeafReader reader = leaf.reader();
            this.leaf = leaf;
            this.id = DocValues.getSorted(reader, LuceneSchema.ID);
            this.document = DocValues.getSorted(reader, LuceneSchema.DOCUMENT);
            this.language = DocValues.getSorted(reader, LuceneSchema.LANGUAGE);
            this.version = DocValues.getNumeric(reader, LuceneSchema.VERSION);
        }

        SearchHit hit(ScoreDoc found) throws IOException {
            int doc = found.doc - leaf.docBase;
            return new SearchHit(
                    new PassageId(text(id, doc)),
                    new DocumentId(text(document, doc)),
                    number(version, doc),
                    text(language, doc),
                    found.score);
        }
    }

    static String text(SortedDocValues column, int doc) throws IOException {
        if (!column.advanceExact(doc)) {
            throw new CorruptIndexException("a passage has no value in a column", column.toString());
        }
        return column.lookupOrd(column.ordValue()).utf8ToString();
    }

    static int number(NumericDocValues column, int doc) throws IOException {
        if (!column.advanceExact(doc)) {
            throw new CorruptIndexException("a passage has no value in a column", column.toString());
        }
        return Math.toIntExact(column.longValue());
    }
}
