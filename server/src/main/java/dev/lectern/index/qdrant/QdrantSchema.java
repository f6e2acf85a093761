package dev.lectern.index.qdrant;

import dev.lectern.shared.EmbedderFingerprint;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import io.qdrant.client.grpc.Collections.IntegerIndexParams;
import io.qdrant.client.grpc.Collections.KeywordIndexParams;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.OptimizersConfigDiff;
import io.qdrant.client.grpc.Collections.PayloadIndexParams;
import io.qdrant.client.grpc.Collections.QuantizationConfig;
import io.qdrant.client.grpc.Collections.QuantizationType;
import io.qdrant.client.grpc.Collections.ScalarQuantization;
import io.qdrant.client.grpc.Collections.SparseIndexConfig;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schema of a Qdrant collection: for each passage one dense vector, one sparse vector of terms, and payload fields with indexes for filters. The
 * collection name contains the fingerprint and the schema version, so that another schema version uses another collection.
 */
final class QdrantSchema {
    static final String EMBEDDING = "embedding";
    static final String WORDS = "words";
    static final String PASSAGE = "passage";
    static final String COLLECTION = "collection";
    static final String DOCUMENT = "document";
    static final String VERSION = "version";
    static final String LANGUAGE = "language";

    /** Access labels of the document, a list. Points without labels, and those of earlier versions, do not have the field. */
    static final String LABELS = "labels";

    /** Payload fields of a search hit. */
    static final List<String> HIT_FIELDS = List.of(PASSAGE, DOCUMENT, VERSION, LANGUAGE);

    /** Payload fields with an index, used in filters. */
    static final List<String> INDEXED_FIELDS = List.of(COLLECTION, DOCUMENT, VERSION, LABELS);

    /** Schema version. Increment it with every change to fields, weights or analyzers that changes search results. */
    private static final int VERSION_NUMBER = 1;

    private static final String FINGERPRINT = "lectern_fingerprint";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final int MAX_CONNECTIONS = 16;
    private static final int EF_CONSTRUCTION = 128;
    private static final float QUANTILE = 0.99f;

    private final QdrantIndexProperties settings;

    QdrantSchema(QdrantIndexProperties settings) {
        this.settings = settings;
    }

    private String prefix() {
        return settings.collectionPrefix() + "-" + VERSION_NUMBER + "-";
    }

    String name(EmbedderFingerprint fingerprint) {
        return prefix() + fingerprint.id();
    }

    /** The fingerprint id in a collection name; empty for a collection of another schema version or prefix. */
    Optional<String> fingerprintId(String name) {
        return Optional.of(name)
                .filter(each -> each.startsWith(prefix()))
                .map(each -> each.substring(prefix().length()))
                .filter(id -> ID.matcher(id).matches());
    }

    CreateCollection collection(EmbedderFingerprint fingerprint) {
        CreateCollection.Builder collection = CreateCollection.newBuilder()
                .setCollectionName(name(fingerprint))
                .setVectorsConfig(VectorsConfig.newBuilder()
                        .setParamsMap(VectorParamsMap.newBuilder().putMap(EMBEDDING, embedding(fingerprint))))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder().putMap(WORDS, words()))
                // Otherwise searches would not find points before they are optimised.
                .setOptimizersConfig(OptimizersConfigDiff.newBuilder().setPreventUnoptimized(false))
                .setStrictModeConfig(onlyIndexedFields())
                .setOnDiskPayload(settings.payloadOnDisk())
                .setReplicationFactor(settings.replicationFactor())
                .setWriteConsistencyFactor(settings.writeConsistencyFactor())
                .putMetadata(FINGERPRINT, ValueFactory.value(fingerprint.toString()));
        if (settings.shardNumber() > 0) {
            collection.setShardNumber(settings.shardNumber());
        }
        return collection.build();
    }

    private VectorParams embedding(EmbedderFingerprint fingerprint) {
        return VectorParams.newBuilder()
                .setSize(fingerprint.dimensions())
                .setDistance(Distance.Cosine)
                .setOnDisk(settings.vectorsOnDisk())
                .setHnswConfig(HnswConfigDiff.newBuilder()
                        .setM(MAX_CONNECTIONS)
                        .setPayloadM(MAX_CONNECTIONS)
                        .setEfConstruct(EF_CONSTRUCTION)
                        .setOnDisk(settings.graphOnDisk()))
                .setQuantizationConfig(QuantizationConfig.newBuilder()
                        .setScalar(ScalarQuantization.newBuilder()
                                .setType(QuantizationType.Int8)
                                .setQuantile(QUANTILE)
                                .setAlwaysRam(true)))
                .build();
    }

    private SparseVectorParams words() {
        return SparseVectorParams.newBuilder()
                .setModifier(Modifier.Idf)
                .setIndex(SparseIndexConfig.newBuilder().setOnDisk(settings.wordsOnDisk()))
                .build();
    }

    /** Filtering by a field without an index becomes an error instead of a slow search. Server defaults for other limits stay. */
    private static StrictModeConfig onlyIndexedFields() {
        return StrictModeConfig.newBuilder()
                .setEnabled(true)
                .setUnindexedFilteringRetrieve(false)
                .setUnindexedFilteringUpdate(false)
                .build();
    }

    /** Created before any points, so that the HNSW graph has links between the passages of each Lectern collection. */
    CreateFieldIndexCollection index(String collection, String field) {
        CreateFieldIndexCollection.Builder index = CreateFieldIndexCollection.newBuilder()
                .setCollectionName(collection)
                .setWait(true)
                .setFieldName(field);
        return field.equals(VERSION)
                ? index.setFieldType(FieldType.FieldTypeInteger)
                        .setFieldIndexParams(PayloadIndexParams.newBuilder()
                                .setIntegerIndexParams(IntegerIndexParams.newBuilder()
                                        .setLookup(true)
                                        .setRange(true)
                                        .setEnableHnsw(false)))
                        .build()
                : index.setFieldType(FieldType.FieldTypeKeyword)
                        .setFieldIndexParams(PayloadIndexParams.newBuilder()
                                .setKeywordIndexParams(KeywordIndexParams.newBuilder()
                                        .setIsTenant(field.equals(COLLECTION))
                                        .setEnableHnsw(field.equals(COLLECTION))))
                        .build();
    }

    /** Whether an existing collection has this schema version and this fingerprint. */
    boolean matches(CollectionConfig found, EmbedderFingerprint fingerprint) {
        VectorParams embedding = found.getParams()
                .getVectorsConfig()
                .getParamsMap()
                .getMapOrDefault(EMBEDDING, VectorParams.getDefaultInstance());
        SparseVectorParams words = found.getParams()
                .getSparseVectorsConfig()
                .getMapOrDefault(WORDS, SparseVectorParams.getDefaultInstance());
        return embedding.getSize() == fingerprint.dimensions()
                && embedding.getDistance() == Distance.Cosine
                && words.getModifier() == Modifier.Idf
                && found.getMetadataMap().containsKey(FINGERPRINT)
                && found.getMetadataOrThrow(FINGERPRINT).getStringValue().equals(fingerprint.toString());
    }
}
