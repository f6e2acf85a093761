package dev.lectern.models.gemini;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Google's Gemini.
 *
 * @param apiKey the key of the Gemini API
 * @param baseUrl where the API is, with its version
 * @param connectTimeout how long connecting may take
 * @param maxInputTokens how many tokens a prompt may have
 * @param temperature 0 to 2; low keeps to the documents
 * @param embeddingDimensions of the vectors that are asked for, 1 to 1024
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
