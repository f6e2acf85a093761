package dev.lectern.models;

import dev.lectern.shared.EmbedderFingerprint;
import java.util.Set;

/** Around another embedder: adds something to embedding, and leaves the rest to it. Closing closes it, too. */
abstract class EmbedderAround implements Embedder {
    private final String what;
    final Embedder embedder;

    /** @param what it adds, a word for the log */
    EmbedderAround(String what, Embedder embedder) {
        this.what = what;
        this.embedder = embedder;
    }

    @Override
    public final EmbedderFingerprint fingerprint() {
        return embedder.fingerprint();
    }

    @Override
    public final Set<String> languages() {
        return embedder.languages();
    }

    @Override
    public final int maxTokens() {
        return embedder.maxTokens();
    }

    @Override
    public final int countTokens(String text) {
        return embedder.countTokens(text);
    }

    @Override
    public final void close() {
        embedder.close();
    }

    @Override
    public final String toString() {
        return what + "[" + embedder + "]";
    }
}
