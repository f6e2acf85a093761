package dev.lectern.models.gemini;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Google Gemini.
 *
 * @param apiKey Key of the Gemini API.
 * @param baseUrl Base address of the Gemini API, including its version.
 * @param connectTimeout Maximum time to connect to the Gemini API, as 5s. A longer attempt fails and is retried.
 * @param maxInputTokens Maximum number of tokens of one prompt. Passages that do not fit are left out.
 * @param temperature Sampling temperature of the chat model, 0 to 2. Low values stay closer to the documents.
 * @param embeddingDimensions Number of dimensions requested from embedding models, 1 to 1024. Another value is another embedder and requires
 *     a new index.
 */
@ConfigurationProperties("lectern.gemini")
record GeminiProperties(
        @DefaultValue("") Secret apiKey,

        @DefaultValue("https://generativelanguage.googleapis.com/v1beta")
        URI baseUrl,

        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("32000") int maxInputTokens,
        @DefaultValue("0.2") double temperature,
        @DefaultValue("768") int embeddingDimensions) {}
