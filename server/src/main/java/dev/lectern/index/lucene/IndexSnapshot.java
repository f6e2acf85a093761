package dev.lectern.index.lucene;

import dev.lectern.index.SearchScope;
import dev.lectern.shared.CollectionId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** A point-in-time view of the index with the data that every search needs. Valid until it is released. */
final class IndexSnapshot extends IndexSearcher {
    static final Similarity SIMILARITY = new BM25Similarity(LuceneTuning.K1, LuceneTuning.B);

    private final List<String> textFields;
    private final Set<String> collections;
    private final boolean labelled;
    private final DocumentSetCache documentSets;

    IndexSnapshot(IndexReader reader, DocumentSetCache documentSets) throws IOException {
        super(reader);
        this.documentSets = documentSets;
        setSimilarity(SIMILARITY);
        this.textFields = FieldInfos.getIndexedFields(reader).stream()
                .filter(field -> field.startsWith(LanguageAnalyzers.FIELD_PREFIX))
                .sorted()
                .toList();
        this.collections = collections(reader);
        this.labelled = FieldInfos.getIndexedFields(reader).contains(LuceneSchema.LABEL);
    }

    private static Set<String> collections(IndexReader reader) throws IOException {
        Set<String> names = new HashSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(LuceneSchema.COLLECTION);
            if (terms != null) {
                TermsEnum each = terms.iterator();
                while (each.next() != null) {
                    names.add(each.term().utf8ToString());
                }
            }
        }
        return names;
    }

    DirectoryReader reader() {
        return (DirectoryReader) getIndexReader();
    }

    /** The text fields that occur in the index, in a fixed order. */
    List<String> textFields() {
        return textFields;
    }

    /** Whether the scope includes every passage, so that no filter is needed. */
    boolean isCoveredBy(SearchScope searchScope) {
        return searchScope.documents().isEmpty()
                && searchScope.excluded().isEmpty()
                && (!labelled || searchScope.labels().isUnrestricted())
                && searchScope.collections().ids().size() >= collections.size()
                && collections.stream()
                        .allMatch(name -> searchScope.collections().ids().contains(new CollectionId(name)));
    }

    /** The passages of a scope. */
    Query filter(SearchScope searchScope) {
        return LuceneSchema.scopeQuery(searchScope, documentSets, labelled);
    }

    /** A searcher of this snapshot that stops when {@code timeout} returns true. */
    IndexSearcher with(QueryTimeout timeout) {
        IndexSearcher searcher = new IndexSearcher(getIndexReader());
        searcher.setSimilarity(SIMILARITY);
        searcher.setTimeout(timeout);
        return searcher;
    }
}
