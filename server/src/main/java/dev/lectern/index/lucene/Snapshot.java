package dev.lectern.index.lucene;

import dev.lectern.index.Scope;
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
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** One state of the index, with what every search asks of it. Holds until it is released. */
final class Snapshot extends IndexSearcher {
    static final Similarity SIMILARITY = new BM25Similarity(Ranking.K1, Ranking.B);

    private final List<String> textFields;
    private final Set<String> collections;

    Snapshot(IndexReader reader) throws IOException {
        super(reader);
        setSimilarity(SIMILARITY);
        this.textFields = FieldInfos.getIndexedFields(reader).stream()
                .filter(field -> field.startsWith(Analyzers.FIELD_PREFIX))
                .sorted()
                .toList();
        this.collections = collections(reader);
    }

    private static Set<String> collections(IndexReader reader) throws IOException {
        Set<String> names = new HashSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(Fields.COLLECTION);
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

    /** The fields of the languages that are in the index, in a fixed order. */
    List<String> textFields() {
        return textFields;
    }

    /** Whether the scope leaves nothing out, so that filtering would only cost time. */
    boolean isWhollyIn(Scope scope) {
        return scope.documents().isEmpty()
                && scope.collections().ids().size() >= collections.size()
                && collections.stream()
                        .allMatch(name -> scope.collections().ids().contains(new CollectionId(name)));
    }

    /** A searcher of this state that gives up when {@code timeout} says so. */
    IndexSearcher with(QueryTimeout timeout) {
        IndexSearcher searcher = new IndexSearcher(getIndexReader());
        searcher.setSimilarity(SIMILARITY);
        searcher.setTimeout(timeout);
        return searcher;
    }
}
