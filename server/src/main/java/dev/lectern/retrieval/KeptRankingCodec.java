package dev.lectern.retrieval;

import dev.lectern.caching.CacheValueCodec;
import dev.lectern.retrieval.KeptRanking.Found;
import dev.lectern.retrieval.Retrieval.Evidence;
import dev.lectern.shared.PassageId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** About fifty bytes for each passage. What a leg did not find has the score NaN. */
final class KeptRankingCodec implements CacheValueCodec<KeptRanking> {

    @Override
    public String version() {
        return "1";
    }

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public byte[] write(KeptRanking ranking) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(ranking.standaloneQuestion());
            out.writeUTF(ranking.evidence().name());
            out.writeShort(ranking.found().size());
            for (Found found : ranking.found()) {
                out.writeUTF(found.passage().value());
                out.writeDouble(found.score());
                out.writeFloat(found.bm25() == null ? Float.NaN : found.bm25());
                out.writeFloat(found.cosine() == null ? Float.NaN : found.cosine());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public KeptRanking read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String question = in.readUTF();
            Evidence evidence = Evidence.valueOf(in.readUTF());
            int size = in.readUnsignedShort();
            List<Found> found = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                found.add(new Found(
                        new PassageId(in.readUTF()), in.readDouble(), score(in.readFloat()), score(in.readFloat())));
            }
            return new KeptRanking(question, evidence, found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Float score(float score) {
        return Float.isNaN(score) ? null : score;
    }
}
