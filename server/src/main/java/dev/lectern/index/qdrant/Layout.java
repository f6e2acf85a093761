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
 * What a collection in Qdrant looks like: one embedding and one vector of words for each passage, and fields to filter by, each with an index. It is
 * named after the fingerprint and the number of this layout, so that another layout is another collection beside this one.
 */
final class Layout {
    static final String EMBEDDING = "embedding";
    static final String WORDS = "words";
    static final String PASSAGE = "passage";
    static final String COLLECTION = "collection";
    static final String DOCUMENT = "document";
    static final String VERSION = "version";
    static final String LANGUAGE = "language";

    /** The fields that a hit is made of. */
    static final List<String> OF_A_HIT = List.of(PASSAGE, DOCUMENT, VERSION, LANGUAGE);

    /** The fields that are filtered by. */
    static final List<String> INDEXED = List.of(COLLECTION, DOCUMENT, VERSION);

    /** Raised with every change to fields, weights or analyzers that makes older collections find other things. */
    private static final int NUMBER = 1;

    private static final String FINGERPRINT = "lectern_fingerprint";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final int NEIGHBOURS = 16;
    private static final int BEAM = 128;
    private static final float QUANTILE = 0.99f;

    private final QdrantIndexProperties settings;

    Layout(QdrantIndexProperties settings) {
        this.settings = settings;
    }

    private String prefix() {
        return settings.collectionPrefix() + "-" + NUMBER + "-";
    }

    String name(EmbedderFingerprint fingerprint) {
        return prefix() + fingerprint.id();
    }

    /** The id of the fingerprint that a collection was made for; empty for one of another layout or installation. */
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
                // Unoptimised points would be hidden from searches until they are optimised.
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
                        .setM(NEIGHBOURS)
                        .setPayloadM(NEIGHBOURS)
                        .setEfConstruct(BEAM)
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

    /** A filter by a field without an index is then an error, and not a slow search; limits that the server has for new collections stay. */
    private static StrictModeConfig onlyIndexedFields() {
        return StrictModeConfig.newBuilder()
                .setEnabled(true)
                .setUnindexedFilteringRetrieve(false)
                .setUnindexedFilteringUpdate(false)
                .build();
    }

    /** Made before there are points, so that the graph is built with links among the passages of each of our collections. */
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

    /** Whether a collection that is there was made by this layout for this fingerprint. */
    boolean fits(CollectionConfig found, EmbedderFingerprint fingerprint) {
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
