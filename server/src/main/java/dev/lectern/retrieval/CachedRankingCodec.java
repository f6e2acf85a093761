package dev.lectern.retrieval;

import dev.lectern.caching.CacheValueCodec;
import dev.lectern.retrieval.CachedRanking.CachedHit;
import dev.lectern.retrieval.RetrievalResult.Evidence;
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

/** About fifty bytes for each passage. The score of a ranking that did not find the passage is NaN. */
final class CachedRankingCodec implements CacheValueCodec<CachedRanking> {

    @Override
    public String version() {
        return "1";
    }

    @Override
    public boolean isShareable() {
        return true;
    }

    @Override
    public byte[] write(CachedRanking ranking) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(ranking.standaloneQuestion());
            out.writeUTF(ranking.evidence().name());
            out.writeShort(ranking.hits().size());
            for (CachedHit hit : ranking.hits()) {
                out.writeUTF(hit.passage().value());
                out.writeDouble(hit.score());
                out.writeFloat(hit.bm25() == null ? Float.NaN : hit.bm25());
                out.writeFloat(hit.cosine() == null ? Float.NaN : hit.cosine());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public CachedRanking read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String question = in.readUTF();
            Evidence evidence = Evidence.valueOf(in.readUTF());
            int size = in.readUnsignedShort();
            List<CachedHit> hits = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                hits.add(new CachedHit(
                        new PassageId(in.readUTF()), in.readDouble(), score(in.readFloat()), score(in.readFloat())));
            }
            return new CachedRanking(question, evidence, hits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Float score(float score) {
        return Float.isNaN(score) ? null : score;
    }
}
