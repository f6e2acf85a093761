/**
 * Embeddings computed in this process by ONNX Runtime. One session is shared and every native tensor is closed.
 */
@NullMarked
package dev.lectern.models.onnx;

import org.jspecify.annotations.NullMarked;
