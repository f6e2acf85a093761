package dev.lectern.models.decorators;

import dev.lectern.models.Embedder;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.onnx.OnnxEmbedder;
import dev.lectern.models.services.ModelServices;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.usage.UsageLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Creates embedders from their configured names. Creating one does no I/O: the model is loaded at its first use. */
final class EmbedderFactory {
    /** The model in the distribution. */
    static final String BUNDLED = "bge-small-en-v1.5";

    /** What a name looks like, for error messages. */
    static final String FORM = "Write onnx:" + BUNDLED + ", onnx:<folder>, gemini:<model>, openai:<model> or <service>:<model>.";

    private static final String ONNX = "onnx:";

    private final Path nativeLibraries;
    private final InstantSource clock;
    private final ModelServices services;
    private final ModelCallRetrier modelCallRetrier;
    private final CircuitBreakerRegistry circuitBreakerRegistry;
    private final UsageLedger ledger;
    private final ModelCallMonitorRegistry monitors;

    /** @param nativeLibraries a writable folder, into which native libraries are unpacked at their first use */
    EmbedderFactory(
            Path nativeLibraries,
            InstantSource clock,
            ModelServices services,
            ModelCallRetrier modelCallRetrier,
            CircuitBreakerRegistry circuitBreakerRegistry,
            UsageLedger ledger,
            ModelCallMonitorRegistry monitors) {
        this.nativeLibraries = nativeLibraries;
        this.clock = clock;
        this.services = services;
        this.modelCallRetrier = modelCallRetrier;
        this.circuitBreakerRegistry = circuitBreakerRegistry;
        this.ledger = ledger;
        this.monitors = monitors;
    }

    /**
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @throws LecternException {@code INVALID_REQUEST} when the name has an unknown kind of embedder
     */
    Embedder open(String name) {
        if (name.startsWith(ONNX)) {
            String model = name.substring(ONNX.length());
            return new LedgerEmbedder(
                    name,
                    model.equals(BUNDLED)
                            ? OnnxEmbedder.bundled(nativeLibraries, clock)
                            : OnnxEmbedder.ofFolder(Path.of(model), nativeLibraries, clock),
                    ledger,
                    clock);
        }
        if (services.isKnown(name)) {
            return decorate(name, services.openEmbedder(name));
        }
        throw new LecternException(ErrorCode.INVALID_REQUEST, "Unknown embedder \"" + name + "\". " + FORM);
    }

    private Embedder decorate(String name, EmbeddingModel service) {
        CallPacer pacer = new CallPacer(service.callsPerMinute(), service.tokensPerMinute(), clock);
        SharedCallModel shared = new SharedCallModel(
                service, pacer, time -> Thread.sleep(Duration.between(clock.instant(), time)), clock);
        Embedder recorded = new LedgerEmbedder(name, shared, ledger, clock);
        Embedder retried = new RetryingEmbedder(recorded, modelCallRetrier);
        Embedder guarded =
                new CircuitBreakerEmbedder(retried, circuitBreakerRegistry.of(name, ErrorCode.MODEL_UNAVAILABLE));
        return new BatchingEmbedder(
                new MonitoredEmbedder(guarded, monitors.of(ModelKind.EMBEDDING, name), clock), service.maxTexts());
    }
}
