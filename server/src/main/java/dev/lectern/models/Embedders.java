package dev.lectern.models;

import dev.lectern.models.gemini.Gemini;
import dev.lectern.models.onnx.OnnxEmbedder;
import dev.lectern.models.openai.OpenAi;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Makes embedders from their configured names. Making one reads nothing: the model is loaded when it is first used. */
public final class Embedders {
    /** The model that comes with the program. */
    public static final String BUNDLED = "bge-small-en-v1.5";

    private static final String ONNX = "onnx:";

    private final Path nativeLibraries;
    private final InstantSource clock;
    private final Gemini gemini;
    private final OpenAi openAi;
    private final Retries retries;
    private final CircuitBreakerRegistry circuitBreakerRegistry;

    /** @param nativeLibraries a folder that this program may write, for the libraries that are unpacked at the first use */
    Embedders(
            Path nativeLibraries,
            InstantSource clock,
            Gemini gemini,
            OpenAi openAi,
            Retries retries,
            CircuitBreakerRegistry circuitBreakerRegistry) {
        this.nativeLibraries = nativeLibraries;
        this.clock = clock;
        this.gemini = gemini;
        this.openAi = openAi;
        this.retries = retries;
        this.circuitBreakerRegistry = circuitBreakerRegistry;
    }

    /**
     * @param name as {@code LECTERN_EMBEDDER} takes it
     * @throws LecternException {@code INVALID_REQUEST} when there is no such kind of embedder
     */
    public Embedder open(String name) {
        if (name.startsWith(ONNX)) {
            String model = name.substring(ONNX.length());
            return model.equals(BUNDLED)
                    ? OnnxEmbedder.bundled(nativeLibraries, clock)
                    : OnnxEmbedder.ofFolder(Path.of(model), nativeLibraries, clock);
        }
        if (name.startsWith("gemini:")) {
            return called(name, gemini.embedder(name.substring("gemini:".length())));
        }
        if (name.startsWith("openai:")) {
            return called(name, openAi.embedder(name.substring("openai:".length())));
        }
        throw new LecternException(
                ErrorCode.INVALID_REQUEST,
                "\"" + name + "\" is no embedder (LECTERN_EMBEDDER). Write onnx:" + BUNDLED
                        + ", onnx:<folder>, gemini:<model> or openai:<model>.");
    }

    private Embedder called(String name, Embedder service) {
        return new CircuitEmbedder(
                new RetryingEmbedder(service, retries), circuitBreakerRegistry.of(name, ErrorCode.MODEL_UNAVAILABLE));
    }
}
