package dev.lectern.index.lucene;

import dev.lectern.index.Hit;
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

/** Reads what the index knows of its documents. */
final class Hits {
    static final Comparator<Hit> BEST_FIRST = Comparator.<Hit>comparingDouble(Hit::score)
            .reversed()
            .thenComparing(hit -> hit.passage().value());

    private Hits() {}

    /** The hits, best first; equal scores in the order of passage ids. */
    static List<Hit> of(Snapshot snapshot, Collection<ScoreDoc> found, int limit) throws IOException {
        List<LeafReaderContext> leaves = snapshot.getIndexReader().leaves();
        List<ScoreDoc> inOrder = best(found, limit);
        inOrder.sort(Comparator.comparingInt(hit -> hit.doc));
        List<Hit> hits = new ArrayList<>(found.size());
        @Nullable Columns columns = null;
        for (ScoreDoc hit : inOrder) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
            if (columns == null || columns.leaf != leaf) {
                columns = new Columns(leaf);
            }
            hits.add(columns.hit(hit));
        }
        hits.sort(BEST_FIRST);
        return hits.size() > limit ? List.copyOf(hits.subList(0, limit)) : hits;
    }

    /** The best, and all that are equal to the last of them, so that ids decide and not the order in the index. */
    private static List<ScoreDoc> best(Collection<ScoreDoc> found, int limit) {
        List<ScoreDoc> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.<ScoreDoc>comparingDouble(hit -> hit.score).reversed());
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
            this.id = DocValues.getSorted(reader, Fields.ID);
            this.document = DocValues.getSorted(reader, Fields.DOCUMENT);
            this.language = DocValues.getSorted(reader, Fields.LANGUAGE);
            this.version = DocValues.getNumeric(reader, Fields.VERSION);
        }

        Hit hit(ScoreDoc found) throws IOException {
            int doc = found.doc - leaf.docBase;
            return new Hit(
                    new PassageId(text(id, doc)),
                    new DocumentId(text(document, doc)),
                    number(version, doc),
                    text(language, doc),
                    found.score);
        }
    }

    static String text(SortedDocValues column, int doc) throws IOException {
        if (!column.advanceExact(doc)) {
            throw new CorruptIndexException("a passage lacks a column", column.toString());
        }
        return column.lookupOrd(column.ordValue()).utf8ToString();
    }

    static int number(NumericDocValues column, int doc) throws IOException {
        if (!column.advanceExact(doc)) {
            throw new CorruptIndexException("a passage lacks a column", column.toString());
        }
        return Math.toIntExact(column.longValue());
    }
}
