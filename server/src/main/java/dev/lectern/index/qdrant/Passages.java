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

/** Passages as Qdrant's points. The text itself is not kept: the library has it. */
final class Passages {
    /** Half of what proxies and Qdrant's own HTTP side take at most. */
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private final SparseWords words;

    Passages(SparseWords words) {
        this.words = words;
    }

    /** Takes points until a request is full. */
    interface Send {
        void points(List<PointStruct> points);
    }

    /** Of passages with the same id the last counts. Vectors are made a request at a time, so that memory is bounded. */
    void send(List<IndexedPassage> passages, int most, Send send) {
        Map<PassageId, IndexedPassage> last = new LinkedHashMap<>();
        passages.forEach(passage -> last.put(passage.id(), passage));
        List<PointStruct> some = new ArrayList<>(Math.min(most, last.size()));
        long bytes = 0;
        for (IndexedPassage passage : last.values()) {
            PointStruct point = point(passage);
            if (!some.isEmpty() && (some.size() == most || bytes + point.getSerializedSize() > MAX_REQUEST_BYTES)) {
                send.points(some);
                some.clear();
                bytes = 0;
            }
            some.add(point);
            bytes += point.getSerializedSize();
        }
        if (!some.isEmpty()) {
            send.points(some);
        }
    }

    private PointStruct point(IndexedPassage passage) {
        DenseVector.Builder embedding = DenseVector.newBuilder();
        for (float value : passage.embedding()) {
            embedding.addData(value);
        }
        NamedVectors.Builder vectors = NamedVectors.newBuilder()
                .putVectors(
                        Layout.EMBEDDING,
                        Vector.newBuilder().setDense(embedding).build());
        SparseVector sparse = words.of(passage);
        if (sparse.getIndicesCount() > 0) {
            vectors.putVectors(Layout.WORDS, VectorFactory.vector(sparse.getValuesList(), sparse.getIndicesList()));
        }
        return PointStruct.newBuilder()
                .setId(pointId(passage.id()))
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .putPayload(Layout.PASSAGE, ValueFactory.value(passage.id().value()))
                .putPayload(
                        Layout.COLLECTION,
                        ValueFactory.value(passage.collection().value()))
                .putPayload(
                        Layout.DOCUMENT, ValueFactory.value(passage.document().value()))
                .putPayload(Layout.VERSION, ValueFactory.value(passage.version()))
                .putPayload(Layout.LANGUAGE, ValueFactory.value(passage.language()))
                .build();
    }

    /** Points are known by numbers or UUIDs alone; the same passage has the same UUID, so that adding it again replaces it. */
    static PointId pointId(PassageId passage) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.bytes(passage.value()));
        return PointIdFactory.id(new UUID(hash.getLong(), hash.getLong()));
    }
}
