package dev.lectern.index.lucene;

import dev.lectern.index.IndexedDocument;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.Bits;

/** Counts the passages of every version of every document in a Lucene index. */
final class IndexedPassageCounter {
    private record Version(String collection, String document, int version) {}

    private IndexedPassageCounter() {}

    static List<IndexedDocument> of(IndexSnapshot indexSnapshot) throws IOException {
        Map<Version, Integer> counts = new HashMap<>();
        for (LeafReaderContext leaf : indexSnapshot.getIndexReader().leaves()) {
            count(leaf.reader(), counts);
        }
        return counts.entrySet().stream()
                .map(entry -> new IndexedDocument(
                        new CollectionId(entry.getKey().collection()),
                        new DocumentId(entry.getKey().document()),
                        entry.getKey().version(),
                        entry.getValue()))
                .toList();
    }

    private static void count(LeafReader reader, Map<Version, Integer> counts) throws IOException {
        SortedDocValues collection = DocValues.getSorted(reader, LuceneSchema.COLLECTION);
        SortedDocValues document = DocValues.getSorted(reader, LuceneSchema.DOCUMENT);
        NumericDocValues version = DocValues.getNumeric(reader, LuceneSchema.VERSION);
        Bits live = reader.getLiveDocs();
        for (int doc = 0; doc < reader.maxDoc(); doc++) {
            if (live == null || live.get(doc)) {
                Version key = new Version(
                        SearchHitReader.text(collection, doc),
                        SearchHitReader.text(document, doc),
                        SearchHitReader.number(version, doc));
                counts.merge(key, 1, Integer::sum);
            }
        }
    }
}
