package dev.lectern.index.qdrant;

import dev.lectern.index.IndexedPassage;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.Sha256;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.Vectors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Converts passages to Qdrant points and sends them in batches. The text itself is not stored; the library has it. */
final class PointBatcher {
    /** Maximum request size in bytes: half the limit of common proxies and of Qdrant's HTTP API. */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private final SparseVectorEncoder words;

    PointBatcher(SparseVectorEncoder words) {
        this.words = words;
    }

    /** Sends one batch of points. */
    interface BatchSender {
        void send(List<PointStruct> points);
    }

    /** Sends all passages; of passages with the same id the last one is used. Points are created one batch at a time to limit memory. */
    void send(List<IndexedPassage> passages, int most, BatchSender sender) {
        Map<PassageId, IndexedPassage> last = new LinkedHashMap<>();
        passages.forEach(passage -> last.put(passage.id(), passage));
        List<PointStruct> some = new ArrayList<>(Math.min(most, last.size()));
        long bytes = 0;
        for (IndexedPassage passage : last.values()) {
            PointStruct point = point(passage);
            if (!some.isEmpty() && (some.size() == most || bytes + point.getSerializedSize() > MAX_REQUEST_BYTES)) {
                sender.send(some);
                some.clear();
                bytes = 0;
            }
            some.add(point);
            bytes += point.getSerializedSize();
        }
        if (!some.isEmpty()) {
            sender.send(some);
        }
    }

    private PointStruct point(IndexedPassage passage) {
        DenseVector.Builder embedding = DenseVector.newBuilder();
        for (float value : passage.embedding()) {
            embedding.addData(value);
        }
        NamedVectors.Builder vectors = NamedVectors.newBuilder()
                .putVectors(
                        QdrantSchema.EMBEDDING,
                        Vector.newBuilder().setDense(embedding).build());
        SparseVector sparse = words.encodePassage(passage);
        if (sparse.getIndicesCount() > 0) {
            vectors.putVectors(
                    QdrantSchema.WORDS, VectorFactory.vector(sparse.getValuesList(), sparse.getIndicesList()));
        }
        PointStruct.Builder point = PointStruct.newBuilder()
                .setId(pointId(passage.id()))
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .putPayload(
                        QdrantSchema.PASSAGE, ValueFactory.value(passage.id().value()))
                .putPayload(
                        QdrantSchema.COLLECTION,
                        ValueFactory.value(passage.collection().value()))
                .putPayload(
                        QdrantSchema.DOCUMENT,
                        ValueFactory.value(passage.document().value()))
                .putPayload(QdrantSchema.VERSION, ValueFactory.value(passage.version()))
                .putPayload(QdrantSchema.LANGUAGE, ValueFactory.value(passage.language()));
        if (!passage.labels().isEmpty()) {
            point.putPayload(
                    QdrantSchema.LABELS,
                    ValueFactory.list(passage.labels().stream()
                            .sorted()
                            .map(ValueFactory::value)
                            .toList()));
        }
        return point.build();
    }

    /** Qdrant point ids are numbers or UUIDs. The UUID is derived from the passage id, so that adding a passage again replaces its point. */
    static PointId pointId(PassageId passage) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.bytes(passage.value()));
        return PointIdFactory.id(new UUID(hash.getLong(), hash.getLong()));
    }
}
