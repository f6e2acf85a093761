package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedderLookup;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Delegates every call to the active embedder, or to the configured one while there is none. The registry closes the embedders. */
public final class ActiveEmbedderProxy extends ForwardingEmbedder {
    private final EmbedderRegistry embedders;
    private final ActiveEmbedderLookup lookup;
    private final UnaryOperator<Embedder> decorator;

    public ActiveEmbedderProxy(EmbedderRegistry embedders, ActiveEmbedderLookup lookup) {
        this(embedders, lookup, UnaryOperator.identity());
    }

    private ActiveEmbedderProxy(
            EmbedderRegistry embedders, ActiveEmbedderLookup lookup, UnaryOperator<Embedder> decorator) {
        this.embedders = embedders;
        this.lookup = lookup;
        this.decorator = decorator;
    }

    /** A proxy with the same embedders and caches that counts what is embedded as sentences. */
    ActiveEmbedderProxy forSentences(MeterRegistry meters) {
        Map<Embedder, Embedder> counting = new ConcurrentHashMap<>();
        return new ActiveEmbedderProxy(
                embedders,
                lookup,
                embedder -> counting.computeIfAbsent(
                        embedder,
                        plain -> plain instanceof CachingEmbedder caching ? caching.forSentences(meters) : plain));
    }

    @Override
    public Embedder resolve() {
        return decorator.apply(
                lookup.findActive().map(embedders::open).orElseGet(() -> embedders.open(embedders.configured())));
    }

    @Override
    protected Embedder target() {
        return resolve();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "ActiveEmbedder[" + embedders.configured() + "]";
    }
}
