package dev.lectern.models.openai;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model service with the OpenAI API.
 *
 * @param apiKey API key; empty for a service that needs none
 * @param baseUrl Base URL of the API, with its version, as {@code http://localhost:11434/v1} for Ollama
 * @param connectTimeout Maximum time to connect, as 5s; after it the call fails and is retried
 * @param maxInputTokens Maximum tokens of a prompt; fewer passages are sent beyond it
 * @param temperature Sampling temperature, 0 to 2; a low value keeps answers close to the documents
 * @param embeddingDimensions Dimensions of the embeddings, 1 to 1024; they are requested from text-embedding-3 models and have to match the other models
 */
@ConfigurationProperties("lectern.openai")
public record OpenAiProperties(
        @DefaultValue("") Secret apiKey,
        @DefaultValue("https://api.openai.com/v1") URI baseUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("16000") int maxInputTokens,
        @DefaultValue("0.2") double temperature,
        @DefaultValue("768") int embeddingDimensions) {}
