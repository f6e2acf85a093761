package dev.lectern.index.lucene;

import dev.lectern.shared.DocumentId;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** The passages of many documents. */
final class DocumentSetQuery extends Query {
    private final Set<DocumentId> documents;
    private final DocumentSetCache cache;

    DocumentSetQuery(Set<DocumentId> documents, DocumentSetCache cache) {
        this.documents = documents;
        this.cache = cache;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
                FixedBitSet passages = cache.find(documents, context.reader());
                int count = passages.cardinality();
                return count == 0
                        ? null
                        : ConstantScoreScorerSupplier.fromIterator(
                                new BitSetIterator(passages, count),
                                score(),
                                mode,
                                context.reader().maxDoc());
            }

            /** The passages are remembered already. */
            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "passages of " + documents.size() + " documents";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentSetQuery query && query.documents == documents;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(documents);
    }
}
