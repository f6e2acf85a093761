package dev.lectern.index.lucene;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The fields of a passage in the Lucene index and the queries that filter by them. The text itself is not stored; the library has it. */
final class LuceneSchema {
    static final String ID = "id";
    static final String COLLECTION = "collection";
    static final String DOCUMENT = "document";
    static final String VERSION = "version";
    static final String LANGUAGE = "language";
    /** Access labels of the document, any number of values. Passages of earlier versions do not have the field. */
    static final String LABEL = "label";

    static final String EMBEDDING = "embedding";

    /** So many documents are looked up by their ids at each search. */
    private static final int FEW_DOCUMENTS = 500;

    private static final FieldType WORDS = words();

    private LuceneSchema() {}

    /** Terms with their frequencies. Positions are omitted: they would double the index size, and phrase queries are not supported. */
    private static FieldType words() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }

    static Document document(IndexedPassage passage) {
        Document document = new Document();
        keyword(document, ID, passage.id().value());
        keyword(document, COLLECTION, passage.collection().value());
        keyword(document, DOCUMENT, passage.document().value());
        keyword(document, LANGUAGE, passage.language());
        document.add(new IntPoint(VERSION, passage.version()));
        document.add(new NumericDocValuesField(VERSION, passage.version()));
        for (String label : passage.labels()) {
            document.add(new StringField(LABEL, label, Field.Store.NO));
            document.add(new SortedSetDocValuesField(LABEL, new BytesRef(label)));
        }
        String field = LanguageAnalyzers.field(passage.language());
        document.add(new Field(field, passage.title(), WORDS));
        passage.headings().forEach(heading -> document.add(new Field(field, heading, WORDS)));
        document.add(new Field(field, passage.text(), WORDS));
        document.add(new KnnFloatVectorField(EMBEDDING, passage.embedding(), VectorSimilarityFunction.DOT_PRODUCT));
        return document;
    }

    private static void keyword(Document document, String name, String value) {
        document.add(new StringField(name, value, Field.Store.NO));
        document.add(new SortedDocValuesField(name, new BytesRef(value)));
    }

    static Query selectionQuery(PassageSelection passageSelection) {
        return switch (passageSelection) {
            case PassageSelection.OfCollection(CollectionId collection) -> term(COLLECTION, collection.value());
            case PassageSelection.OfDocument(DocumentId document) -> term(DOCUMENT, document.value());
            case PassageSelection.OfVersionsBefore(DocumentId document, int version) ->
                version == Integer.MIN_VALUE ? all(List.of()) : versions(document, Integer.MIN_VALUE, version - 1);
            case PassageSelection.OfVersion(DocumentId document, int version) -> versions(document, version, version);
        };
    }

    private static Query versions(DocumentId document, int first, int last) {
        return all(List.of(term(DOCUMENT, document.value()), IntPoint.newRangeQuery(VERSION, first, last)));
    }

    /**
     * @param documentSets remembers the passages of many documents
     * @param labelled whether a passage of the index may have access labels; without any, no filter is needed for them
     */
    static Query scopeQuery(SearchScope searchScope, DocumentSetCache documentSets, boolean labelled) {
        List<Query> filters = new ArrayList<>();
        filters.add(any(
                COLLECTION,
                searchScope.collections().ids().stream()
                        .map(CollectionId::value)
                        .toList()));
        if (!searchScope.documents().isEmpty()) {
            filters.add(ofDocuments(searchScope.documents(), documentSets));
        }
        if (labelled && !searchScope.labels().isUnrestricted()) {
            filters.add(visible(searchScope.labels().names()));
        }
        Query filter = filters.size() == 1 ? filters.getFirst() : all(filters);
        return searchScope.excluded().isEmpty() ? filter : except(filter, ofDocuments(searchScope.excluded(), documentSets));
    }

    private static Query ofDocuments(Set<DocumentId> documents, DocumentSetCache documentSets) {
        return documents.size() <= FEW_DOCUMENTS
                ? any(DOCUMENT, documents.stream().map(DocumentId::value).toList())
                : new DocumentSetQuery(documents, documentSets);
    }

    private static Query except(Query filter, Query excluded) {
        return new BooleanQuery.Builder()
                .add(filter, Occur.FILTER)
                .add(excluded, Occur.MUST_NOT)
                .build();
    }

    /** Passages without labels, and those with at least one of the names. */
    private static Query visible(Set<String> names) {
        Query unlabelled = new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.MUST)
                .add(new FieldExistsQuery(LABEL), Occur.MUST_NOT)
                .build();
        return names.isEmpty()
                ? unlabelled
                : new BooleanQuery.Builder()
                        .add(unlabelled, Occur.SHOULD)
                        .add(any(LABEL, names), Occur.SHOULD)
                        .build();
    }

    private static Query any(String field, Collection<String> values) {
        return values.size() == 1
                ? term(field, values.iterator().next())
                : new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private static Query all(List<Query> queries) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, Occur.FILTER));
        return all.build();
    }

    private static Query term(String field, String value) {
        return new TermQuery(new Term(field, value));
    }
}
