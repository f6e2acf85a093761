package dev.lectern.models.gemini;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Google Gemini.
 *
 * @param apiKey API key of Gemini
 * @param baseUrl Base URL of the API, with its version
 * @param connectTimeout Maximum time to connect, as 5s; after it the call fails and is retried
 * @param maxInputTokens Maximum tokens of a prompt; fewer passages are sent beyond it
 * @param temperature Sampling temperature, 0 to 2; a low value keeps answers close to the documents
 * @param embeddingDimensions Dimensions of the embeddings, 1 to 1024
 */
@ConfigurationProperties("lectern.gemini")
public record GeminiProperties(
        @DefaultValue("") Secret apiKey,

        @DefaultValue("https://generativelanguage.googleapis.com/v1beta")
        URI baseUrl,

        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("32000") int maxInputTokens,
        @DefaultValue("0.2") double temperature,
        @DefaultValue("768") int embeddingDimensions) {}
