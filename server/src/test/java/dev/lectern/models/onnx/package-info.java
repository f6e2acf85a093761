/** Tests of the embedder in this process, with the real model. They also watch that no library looks up a host. */
@NullMarked
package dev.lectern.models.onnx;

import org.jspecify.annotations.NullMarked;
