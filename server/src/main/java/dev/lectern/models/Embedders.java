package dev.lectern.models;

import dev.lectern.models.onnx.OnnxEmbedder;
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

    /** @param nativeLibraries a folder that this program may write, for the libraries that are unpacked at the first use */
    public Embedders(Path nativeLibraries, InstantSource clock) {
        this.nativeLibraries = nativeLibraries;
        this.clock = clock;
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
        throw new LecternException(
                ErrorCode.INVALID_REQUEST,
                "LECTERN_EMBEDDER is \"" + name + "\". Write onnx:" + BUNDLED
                        + ", onnx:<folder>, gemini:<model> or openai:<model>.");
    }
}
