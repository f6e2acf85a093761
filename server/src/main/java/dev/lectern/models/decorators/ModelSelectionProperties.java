package dev.lectern.models.decorators;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The models in use.
 *
 * @param embedder Embedding model: {@code onnx:bge-small-en-v1.5} (bundled), {@code onnx:<folder>}, {@code gemini:<model>},
 *     {@code openai:<model>} or {@code <service>:<model>}, as {@code LECTERN_SERVICE_<NAME>_TYPE} defines services. The last three accept {@code @} and the number
 *     of dimensions.
 * @param chatModel Chat model: {@code extractive}, {@code gemini:<model>}, {@code openai:<model>} or {@code <service>:<model>}. A comma-separated list
 *     is tried in its order.
 */
@ConfigurationProperties("lectern")
record ModelSelectionProperties(
        @DefaultValue("onnx:bge-small-en-v1.5") String embedder,
        @DefaultValue("extractive") String chatModel) {}
