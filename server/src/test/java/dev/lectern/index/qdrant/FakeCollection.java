package dev.lectern.index.qdrant;

import static dev.lectern.index.qdrant.GrpcErrorResponder.requireInput;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One collection of the fake Qdrant server: its configuration, its points, and exact scoring by comparing all of them. Guarded by its own monitor. */
final class FakeCollection {
    /** A point as it is kept. */
    record Point(
            UUID id, Map<String, Value> payload, Map<String, float[]> dense, Map<String, Map<Integer, Float>> sparse) {}

    record Scored(Point point, float score) {}

    private final CreateCollection made;
    private final StrictModeConfig strict;
    private final Map<String, PayloadSchemaType> indexed = new HashMap<>();
    private final NavigableMap<UUID, Point> points = new TreeMap<>();
    private final Map<String, Value> metadata;
    private boolean indexedLate;
    private @Nullable Frequencies frequencies;

    FakeCollection(CreateCollection made, StrictModeConfig defaults) {
        this.made = made;
        this.metadata = new HashMap<>(made.getMetadataMap());
        this.strict = defaults.toBuilder().mergeFrom(made.getStrictModeConfig()).build();
    }

    synchronized CollectionInfo info() {
        CollectionInfo.Builder info = CollectionInfo.newBuilder()
                .setStatus(CollectionStatus.Green)
                .setPointsCount(points.size())
                .setConfig(CollectionConfig.newBuilder()
                        .setParams(CollectionParams.newBuilder()
                                .setVectorsConfig(made.getVectorsConfig())
                                .setSparseVectorsConfig(made.getSparseVectorsConfig())
                                .setShardNumber(Math.max(1, made.getShardNumber())))
                        .setStrictModeConfig(strict)
                        .putAllMetadata(metadata));
        indexed.forEach((field, type) -> info.putPayloadSchema(
                field, PayloadSchemaInfo.newBuilder().setDataType(type).build()));
        return info.build();
    }

    /** Merges by the name; null takes away. */
    synchronized void add(Map<String, Value> changed) {
        changed.forEach((name, value) -> {
            if (value.hasNullValue()) {
                metadata.remove(name);
            } else {
                metadata.put(name, value);
            }
        });
    }

    StrictModeConfig strict() {
        return strict.getEnabled() ? strict : StrictModeConfig.getDefaultInstance();
    }

    CreateCollection made() {
        return made;
    }

    synchronized void index(String field, PayloadSchemaType type) {
        indexedLate |= !points.isEmpty();
        indexed.put(field, type);
    }

    synchronized void unindex(String field) {
        indexed.remove(field);
    }

    /** Whether a field got its index after there were points. */
    synchronized boolean indexedLate() {
        return indexedLate;
    }

    synchronized void put(List<Point> added) {
        frequencies = null;
        added.forEach(point -> points.put(point.id(), point));
    }

    /** Looks at the filter now; the result deletes. */
    Runnable deletion(Filter filter) {
        boolean onlyIndexed = strict().hasUnindexedFilteringUpdate() && !strict().getUnindexedFilteringUpdate();
        Predicate<Point> deleted = matching(filter, onlyIndexed);
        return () -> delete(deleted);
    }

    private synchronized void delete(Predicate<Point> deleted) {
        frequencies = null;
        points.values().removeIf(deleted);
    }

    private synchronized Predicate<Point> matching(Filter filter, boolean onlyIndexed) {
        FakeFilterEvaluator.requireSize(filter, strict());
        Predicate<Map<String, Value>> test = FakeFilterEvaluator.of(filter, indexed, onlyIndexed);
        return point -> test.test(point.payload());
    }

    /** By id. */
    synchronized List<Point> matching(Filter filter) {
        boolean onlyIndexed = strict().hasUnindexedFilteringRetrieve() && !strict().getUnindexedFilteringRetrieve();
        return points.values().stream().filter(matching(filter, onlyIndexed)).toList();
    }

    /** Checks a point as Qdrant does before it takes any of a request. */
    Point checked(PointStruct point) {
        requireInput(point.getVectors().hasVectors(), "Expected named vectors");
        Map<String, float[]> dense = new HashMap<>();
        Map<String, Map<Integer, Float>> sparse = new HashMap<>();
        point.getVectors().getVectors().getVectorsMap().forEach((name, vector) -> {
            if (made.getSparseVectorsConfig().containsMap(name)) {
                requireInput(vector.hasSparse(), "Conversion between sparse and regular vectors failed");
                sparse.put(name, sparse(vector.getSparse()));
            } else {
                dense.put(name, dense(name, vector));
            }
        });
        return new Point(uuid(point.getId()), point.getPayloadMap(), dense, sparse);
    }

    private float[] dense(String name, Vector vector) {
        requireInput(vector.hasDense(), "Conversion between sparse and regular vectors failed");
        return normalised(name, vector.getDense().getDataList());
    }

    static UUID uuid(PointId id) {
        return switch (id.getPointIdOptionsCase()) {
            case NUM -> new UUID(0, id.getNum());
            case UUID -> {
                requireInput(
                        id.getUuid().matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}"),
                        "Unable to parse UUID: " + id.getUuid());
                yield java.util.UUID.fromString(id.getUuid());
            }
            case POINTIDOPTIONS_NOT_SET -> throw GrpcErrorResponder.wrongInput("No ID options provided");
        };
    }

    static Map<Integer, Float> sparse(SparseVector vector) {
        requireInput(vector.getIndicesCount() == vector.getValuesCount(), "values: must be the same length as indices");
        requireInput(
                new HashSet<>(vector.getIndicesList()).size() == vector.getIndicesCount(), "indices: must be unique");
        Map<Integer, Float> weights = new HashMap<>();
        for (int i = 0; i < vector.getIndicesCount(); i++) {
            weights.put(vector.getIndices(i), vector.getValues(i));
        }
        return weights;
    }

    /** Cosine vectors are kept with length 1. */
    float[] normalised(String name, List<Float> values) {
        VectorParams params =
                made.getVectorsConfig().getParamsMap().getMapOrDefault(name, VectorParams.getDefaultInstance());
        requireInput(params.getSize() > 0, "Not existing vector name error: " + name);
        requireInput(
                params.getSize() == values.size(),
                "Vector dimension error: expected dim: " + params.getSize() + ", got " + values.size());
        double length = Math.sqrt(
                values.stream().mapToDouble(value -> (double) value * value).sum());
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = length == 0 ? 0 : (float) (values.get(i) / length);
        }
        return vector;
    }

    synchronized List<Scored> nearest(String name, List<Float> values, Filter filter, int limit) {
        float[] question = normalised(name, values);
        return best(filter, limit, point -> {
            float[] vector = point.dense().get(name);
            return vector == null ? Double.NaN : dot(question, vector);
        });
    }

    private static double dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    synchronized List<Scored> nearest(String name, SparseVector vector, Filter filter, int limit) {
        SparseVectorParams params =
                made.getSparseVectorsConfig().getMapOrDefault(name, SparseVectorParams.getDefaultInstance());
        requireInput(made.getSparseVectorsConfig().containsMap(name), "Not existing vector name error: " + name);
        Map<Integer, Float> question = new HashMap<>(sparse(vector));
        if (params.getModifier() == Modifier.Idf) {
            question.replaceAll((index, weight) -> (float) (weight * rarity(name, index)));
        }
        return best(filter, limit, point -> {
            double score = 0;
            for (Map.Entry<Integer, Float> word :
                    point.sparse().getOrDefault(name, Map.of()).entrySet()) {
                score += question.getOrDefault(word.getKey(), 0f) * word.getValue();
            }
            return score == 0 ? Double.NaN : score;
        });
    }

    private double rarity(String name, int index) {
        Frequencies known = frequencies;
        if (known == null) {
            known = Frequencies.of(name, points.values());
            frequencies = known;
        }
        long with = known.byIndex().getOrDefault(index, 0);
        return Math.log1p((known.points() - with + 0.5) / (with + 0.5));
    }

    /** How many points have a vector of words, and how many each word. */
    private record Frequencies(long points, Map<Integer, Integer> byIndex) {
        static Frequencies of(String name, Collection<Point> points) {
            Map<Integer, Integer> byIndex = new HashMap<>();
            long with = 0;
            for (Point point : points) {
                Map<Integer, Float> vector = point.sparse().get(name);
                if (vector != null) {
                    with++;
                    vector.keySet().forEach(index -> byIndex.merge(index, 1, Integer::sum));
                }
            }
            return new Frequencies(with, byIndex);
        }
    }

    /** Equal scores come in an order that nobody may rely on. */
    private List<Scored> best(Filter filter, int limit, ToDoubleFunction<Point> score) {
        List<Scored> scored = new ArrayList<>();
        for (Point point : matching(filter)) {
            double value = score.applyAsDouble(point);
            if (!Double.isNaN(value)) {
                scored.add(new Scored(point, (float) value));
            }
        }
        scored.sort(Comparator.<Scored>comparingDouble(Scored::score)
                .reversed()
                .thenComparingInt(hit -> Integer.reverse(hit.point().id().hashCode())));
        return scored.subList(0, Math.min(limit, scored.size()));
    }
}
