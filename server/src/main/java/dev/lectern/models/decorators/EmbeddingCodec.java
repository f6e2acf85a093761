package dev.lectern.models.decorators;

import dev.lectern.caching.CacheValueCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encodes an embedding as 32-bit little-endian floats, without loss: a cached embedding finds the same passages as a new one. */
final class EmbeddingCodec implements CacheValueCodec<float[]> {

    @Override
    public String version() {
        return "f32";
    }

    @Override
    public byte[] write(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    @Override
    public float[] read(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
            throw new IllegalArgumentException("Not a vector: " + bytes.length + " bytes");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
