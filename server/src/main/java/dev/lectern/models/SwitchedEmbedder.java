package dev.lectern.models;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stands for the embedder in force, and for the configured one while none is. Its embedders are closed by who opened them. */
final class SwitchedEmbedder extends ForwardingEmbedder {
    private final OpenedEmbedders opened;
    private final EmbedderInForce inForce;
    private final UnaryOperator<CachingEmbedder> counting;

    SwitchedEmbedder(OpenedEmbedders opened, EmbedderInForce inForce) {
        this(opened, inForce, UnaryOperator.identity());
    }

    private SwitchedEmbedder(OpenedEmbedders opened, EmbedderInForce inForce, UnaryOperator<CachingEmbedder> counting) {
        this.opened = opened;
        this.inForce = inForce;
        this.counting = counting;
    }

    /** The same with the same caches, counting what is embedded while sentences are chosen as such. */
    SwitchedEmbedder forSentences(MeterRegistry meters) {
        Map<CachingEmbedder, CachingEmbedder> counted = new ConcurrentHashMap<>();
        return new SwitchedEmbedder(
                opened, inForce, embedder -> counted.computeIfAbsent(embedder, plain -> plain.forSentences(meters)));
    }

    @Override
    public Embedder now() {
        return counting.apply(inForce.now().map(opened::of).orElseGet(() -> opened.named(opened.configured())));
    }

    @Override
    protected Embedder target() {
        return now();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "Switched[" + opened.configured() + "]";
    }
}
