package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Reports the outcome of every call to the operator, including calls that the circuit breaker rejects. */
final class MonitoredEmbedder extends EmbedderDecorator {
    private final ModelCallMonitor monitor;
    private final InstantSource clock;

    MonitoredEmbedder(Embedder embedder, ModelCallMonitor monitor, InstantSource clock) {
        super("Monitored", embedder);
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
        return monitor(() -> embedder.embedQuestions(wordings, context, deadline));
    }

    @Override
    public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
        return monitor(() -> embedder.embedPassages(passages, context, deadline));
    }

    private List<float[]> monitor(Supplier<List<float[]>> call) {
        Instant begun = clock.instant();
        List<float[]> result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            monitor.recordFailure(e, begun);
            throw e;
        }
        monitor.recordSuccess();
        return result;
    }
}
