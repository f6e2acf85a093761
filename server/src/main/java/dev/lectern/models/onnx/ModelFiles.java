package dev.lectern.models.onnx;

import java.io.IOException;

/** Where a model's description and its two large files come from. */
interface ModelFiles {
    ModelDescription description() throws IOException;

    /** The first sixteen hexadecimal digits of the SHA-256 of the weights. */
    String hashOfWeights() throws IOException;

    byte[] weights() throws IOException;

    byte[] tokenizer() throws IOException;

    /** For people: where to look when it cannot be read. */
    @Override
    String toString();
}
