package dev.lectern.models.onnx;

import java.io.IOException;

/** The description and the files of a model. */
interface ModelFiles {
    EmbeddingModelDescription description() throws IOException;

    /** The first sixteen hexadecimal digits of the SHA-256 of the weights. */
    String hashOfWeights() throws IOException;

    byte[] weights() throws IOException;

    byte[] tokenizer() throws IOException;

    /** The configured name, for error messages. */
    @Override
    String toString();
}
