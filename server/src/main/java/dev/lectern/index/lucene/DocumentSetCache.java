package dev.lectern.index.lucene;

import dev.lectern.shared.DocumentId;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.LongBitSet;

/**
 * Which passages of a segment belong to one of many documents, for the last sets of documents that were searched. The filters of searches let up to all
 * documents of a library through, and finding the passages of each by its id would take longer than the search. A segment never changes, apart from deletions, which
 * searches respect themselves. Thread-safe.
 */
final class DocumentSetCache {
    private static final int MAX_SETS = 100;
    /** Of all sets together, which this keeps in memory: about 100 bytes each. */
    private static final int MAX_DOCUMENTS = 250_000;

    /** Below this share of a segment's documents, looking up each id is faster than comparing all of the segment. */
    private static final int SPARSE = 16;

    /** By identity: whoever searches with the same filter again passes the same set. */
    private record SetKey(Set<DocumentId> documents) {
        @Override
        public boolean equals(Object other) {
            return other instanceof SetKey key && key.documents == documents;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(documents);
        }
    }

    /** The passages of the segments that are open; those of closed ones go with their keys. */
    private static final class Segments {
        private final Map<IndexReader.CacheKey, FixedBitSet> passages = new WeakHashMap<>();
    }

    private long total;
    private final Map<SetKey, Segments> sets = new LinkedHashMap<>(16, 0.75f, true);

    /** The passages of a segment that belong to the documents, deleted ones included. Not to be changed. */
    FixedBitSet find(Set<DocumentId> documents, LeafReader segment) throws IOException {
        IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
        if (helper == null) {
            return read(documents, segment);
        }
        Segments known = segments(documents);
        // Searches that wait here would do the same work.
        synchronized (known) {
            FixedBitSet found = known.passages.get(helper.getKey());
            if (found == null) {
                found = read(documents, segment);
                known.passages.put(helper.getKey(), found);
            }
            return found;
        }
    }

    private Segments segments(Set<DocumentId> documents) {
        synchronized (sets) {
            SetKey key = new SetKey(documents);
            Segments known = sets.get(key);
            if (known != null) {
                return known;
            }
            Segments added = new Segments();
            sets.put(key, added);
            total += documents.size();
            Iterator<SetKey> eldest = sets.keySet().iterator();
            while (sets.size() > MAX_SETS || (total > MAX_DOCUMENTS && sets.size() > 1)) {
                total -= eldest.next().documents().size();
                eldest.remove();
            }
            return added;
        }
    }

    private static FixedBitSet read(Set<DocumentId> documents, LeafReader segment) throws IOException {
        FixedBitSet passages = new FixedBitSet(segment.maxDoc());
        SortedDocValues ids = DocValues.getSorted(segment, LuceneSchema.DOCUMENT);
        if (ids.getValueCount() == 0) {
            return passages;
        }
        LongBitSet ordinals = ordinals(documents, ids);
        for (int doc = ids.nextDoc(); doc != SortedDocValues.NO_MORE_DOCS; doc = ids.nextDoc()) {
            if (ordinals.get(ids.ordValue())) {
                passages.set(doc);
            }
        }
        return passages;
    }

    private static LongBitSet ordinals(Set<DocumentId> documents, SortedDocValues ids) throws IOException {
        LongBitSet ordinals = new LongBitSet(ids.getValueCount());
        if (documents.size() < ids.getValueCount() / SPARSE) {
            for (DocumentId document : documents) {
                int ordinal = ids.lookupTerm(new BytesRef(document.value()));
                if (ordinal >= 0) {
                    ordinals.set(ordinal);
                }
            }
            return ordinals;
        }
        TermsEnum terms = ids.termsEnum();
        for (BytesRef term = terms.next(); term != null; term = terms.next()) {
            if (documents.contains(new DocumentId(term.utf8ToString()))) {
                ordinals.set(terms.ord());
            }
        }
        return ordinals;
    }
}
