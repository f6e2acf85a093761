package dev.lectern.models.onnx;

import dev.lectern.models.onnx.EmbeddingModelDescription.Pooling;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** bge-small-en-v1.5, quantised to int8, from the class path. */
record BundledModelFiles() implements ModelFiles {
    private static final String WEIGHTS = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

    /** Hash of the weights, so that the fingerprint is known without reading 34 MB at every start. A test compares it with the file. */
    private static final String HASH = "6c9c6101a956d62d";

    @Override
    public EmbeddingModelDescription description() {
        return new EmbeddingModelDescription(
                "bge-small-en-v1.5-q",
                384,
                "Represent this sentence for searching relevant passages: ",
                "",
                Pooling.CLS,
                true,
                Set.of("en"),
                512);
    }

    @Override
    public String hashOfWeights() {
        return HASH;
    }

    @Override
    public byte[] weights() throws IOException {
        return resource(WEIGHTS);
    }

    @Override
    public byte[] tokenizer() throws IOException {
        return resource(TOKENIZER);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = BundledModelFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return in.readAllBytes();
        }
    }

    @Override
    public String toString() {
        return "onnx:bge-small-en-v1.5";
    }
}
