package dev.lectern.ingestion;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderInForce;
import dev.lectern.models.ForwardingEmbedder;
import dev.lectern.models.NamedEmbedders;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Embedders by name, of which the first is configured. */
public final class TestEmbedders implements NamedEmbedders {
    private final String configured;
    private final Map<String, Embedder> all = new LinkedHashMap<>();

    public TestEmbedders(String configured, Embedder embedder) {
        this.configured = configured;
        with(configured, embedder);
    }

    public TestEmbedders with(String name, Embedder embedder) {
        all.put(name, embedder);
        return this;
    }

    @Override
    public String configured() {
        return configured;
    }

    @Override
    public Embedder named(String name) {
        Embedder embedder = all.get(name);
        if (embedder == null) {
            throw new LecternException(ErrorCode.INVALID_REQUEST, name + " is no embedder.");
        }
        return embedder;
    }

    @Override
    public void remember(String fingerprintId, String name) {}

    /** What the library is searched with at each moment. */
    Embedder following(Supplier<EmbedderInForce> inForce) {
        return new Following(inForce);
    }

    private final class Following extends ForwardingEmbedder {
        private final Supplier<EmbedderInForce> inForce;

        Following(Supplier<EmbedderInForce> inForce) {
            this.inForce = inForce;
        }

        @Override
        public Embedder now() {
            return inForce.get()
                    .now()
                    .map(present -> present.name() == null ? configured : present.name())
                    .map(TestEmbedders.this::named)
                    .orElseGet(() -> named(configured));
        }

        @Override
        protected Embedder target() {
            return now();
        }

        @Override
        public void close() {}
    }
}
