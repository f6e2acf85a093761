package dev.lectern.models.decorators;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The models in use.
 *
 * @param embedder {@code onnx:bge-small-en-v1.5} (comes with the program), {@code onnx:<folder>}, {@code gemini:<model>} or {@code openai:<model>}, the last
 *     two with {@code @} and the dimensions of the vectors where they are not those of the settings
 * @param chatModel {@code extractive}, {@code gemini:<model>} or {@code openai:<model>}; a comma-separated list is the order in which they are tried
 */
@ConfigurationProperties("lectern")
record ModelSelectionProperties(
        @DefaultValue("onnx:bge-small-en-v1.5") String embedder,
        @DefaultValue("extractive") String chatModel) {}
