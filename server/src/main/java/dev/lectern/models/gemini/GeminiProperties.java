package dev.lectern.models.gemini;

import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.ThinkingLevel;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Google Gemini.
 *
 * @param apiKey Key of the Gemini API.
 * @param baseUrl Base address of the Gemini API, including its version.
 * @param connectTimeout Maximum time to connect to the Gemini API, as 5s, 1ms to 1h. A longer attempt fails and is retried.
 * @param maxInputTokens Maximum number of tokens of one prompt, 256 to 10000000. Passages that do not fit are left out.
 * @param temperature Sampling temperature of the chat models, 0 to 2. Without it nothing is sent, since many models that think refuse it or do worse
 *     with another one than their own.
 * @param thinking How much the chat models think before an answer: none, minimal, low, medium, high, xhigh, or default for what the model does
 *     by itself. The limit of the output is raised for it. A model that refuses it is called without.
 * @param rewriteThinking How much the chat models think before they rewrite a follow-up question, with the same values.
 * @param firstTokenTimeout Maximum time of a chat model until its first text, thoughts not counted, as 60s, 10ms to 1h. After it the next model is tried, or
 *     quotes are given.
 * @param nextTokenTimeout Maximum time of a chat model between two tokens of its reply, as 20s, 10ms to 1h. After it the answer is cut off.
 * @param embeddingDimensions Number of dimensions requested from embedding models, 1 to 4096. Another value is another embedder and requires
 *     a new index.
 */
@ConfigurationProperties("lectern.gemini")
public record GeminiProperties(
        @DefaultValue("") Secret apiKey,

        @DefaultValue("https://generativelanguage.googleapis.com/v1beta")
        URI baseUrl,

        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("32000") int maxInputTokens,
        @Nullable Double temperature,
        @DefaultValue("medium") ThinkingLevel thinking,
        @DefaultValue("low") ThinkingLevel rewriteThinking,
        @DefaultValue("60s") Duration firstTokenTimeout,
        @DefaultValue("20s") Duration nextTokenTimeout,
        @DefaultValue("768") int embeddingDimensions) {
    public GeminiProperties {
        SettingValidator.of("lectern.gemini")
                .requireKey("api-key", apiKey)
                .requireHttpUrl("base-url", baseUrl, "https://generativelanguage.googleapis.com/v1beta")
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofHours(1))
                .requireBetween("max-input-tokens", maxInputTokens, 256, 10_000_000)
                .requireBetween("temperature", temperature == null ? 0.0 : temperature, 0.0, 2.0)
                .requireBetween("first-token-timeout", firstTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("next-token-timeout", nextTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("embedding-dimensions", embeddingDimensions, 1, EmbeddingModelName.MAX_DIMENSIONS);
    }

    /** The service {@code gemini}. */
    public ServiceSettings toSettings() {
        return new ServiceSettings(
                "gemini",
                "Gemini",
                "LECTERN_GEMINI_",
                new ServiceSettings.Access(baseUrl, apiKey, connectTimeout),
                new ServiceSettings.Chat(
                        maxInputTokens,
                        0,
                        temperature,
                        thinking,
                        rewriteThinking,
                        true,
                        firstTokenTimeout,
                        nextTokenTimeout),
                ServiceSettings.Embedding.ofDimensions(embeddingDimensions));
    }
}
