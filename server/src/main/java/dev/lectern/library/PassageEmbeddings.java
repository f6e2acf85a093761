package dev.lectern.library;

import dev.lectern.shared.EmbedderFingerprint;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The embeddings that were paid for, kept by what was embedded. Thread-safe. */
public interface PassageEmbeddings {

    /** The key of a text: SHA-256 in hexadecimal. */
    String key(String text);

    /** Those of {@code keys} that have no embedding yet. */
    Set<String> missing(EmbedderFingerprint embedder, Collection<String> keys);

    /** Durable when it returns. */
    void save(EmbedderFingerprint embedder, Map<String, float[]> embeddings);

    /** Those of {@code keys} that are there. */
    Map<String, float[]> load(EmbedderFingerprint embedder, Collection<String> keys);
}
