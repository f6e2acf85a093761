package dev.lectern.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lectern.models.onnx.EmbeddingModelDescription.Pooling;
import dev.lectern.models.onnx.TextTokenizer.Encoded;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A loaded model with one session for all callers. Each call uses one thread and one text. For dynamically quantised models that is the fastest way on a CPU,
 * and the embedding of a text does not depend on other texts of a batch.
 */
final class OnnxModel implements AutoCloseable {
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

    private final EmbeddingModelDescription description;
    private final TextTokenizer textTokenizer;
    private final OrtEnvironment environment;
    private final OrtSession session;

    /** Loads the model; takes about a second. */
    OnnxModel(ModelFiles files, EmbeddingModelDescription description) throws IOException, OrtException {
        this.description = description;
        this.textTokenizer = new TextTokenizer(files.tokenizer(), description.maxTokens());
        this.environment = OrtEnvironment.getEnvironment("lectern");
        environment.setTelemetry(false);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Texts differ in length, and a memory pattern would be stored for each length. The arena stays enabled: it
            // grows to the size of the longest texts, once per core, and saves five percent of the time.
            options.setMemoryPatternOptimization(false);
            this.session = environment.createSession(files.weights(), options);
        }
    }

    int countTokens(String text) {
        return textTokenizer.count(text);
    }

    /** @param tokens that the model read, with special tokens */
    @SuppressWarnings("ArrayRecordComponent")
    record TextEmbedding(float[] vector, int tokens) {}

    TextEmbedding embed(String text) throws OrtException {
        Encoded encoded = textTokenizer.encode(text);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                inputs.put(name, input(name, encoded));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[] vector = pool((OnnxTensor) result.get(0));
                return new TextEmbedding(description.normalise() ? normalise(vector) : vector, encoded.ids().length);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor input(String name, Encoded encoded) throws OrtException {
        long[] values = switch (name) {
            case "input_ids" -> encoded.ids();
            case "attention_mask" -> encoded.mask();
            case "token_type_ids" -> encoded.types();
            default ->
                throw new OrtException(
                        "The model requires the unknown input " + name + "; known inputs are " + KNOWN_INPUTS);
        };
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /** Token vectors are {@code [1, textTokenizer, dimensions]}; a model with its own pooling returns {@code [1, dimensions]}. */
    private float[] pool(OnnxTensor output) throws OrtException {
        long[] shape = output.getInfo().getShape();
        int dimensions = (int) shape[shape.length - 1];
        if (dimensions != description.dimensions()) {
            throw new OrtException("The model's vectors have " + dimensions + " dimensions");
        }
        FloatBuffer values = output.getFloatBuffer();
        float[] vector = new float[dimensions];
        if (shape.length == 2 || description.pooling() == Pooling.CLS) {
            values.get(vector);
            return vector;
        }
        int count = (int) shape[1];
        float[] token = new float[dimensions];
        for (int i = 0; i < count; i++) {
            values.get(token);
            for (int d = 0; d < dimensions; d++) {
                vector[d] += token[d] / count;
            }
        }
        return vector;
    }

    private static float[] normalise(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        float length = (float) Math.sqrt(sum);
        if (length > 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= length;
            }
        }
        return vector;
    }

    @Override
    public void close() throws OrtException {
        session.close();
        textTokenizer.close();
    }
}
