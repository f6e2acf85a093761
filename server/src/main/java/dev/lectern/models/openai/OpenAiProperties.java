package dev.lectern.models.openai;

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
 * A model service with the OpenAI API.
 *
 * @param apiKey API key of the OpenAI-compatible service. May be empty when the service needs none.
 * @param baseUrl Base address of the OpenAI-compatible service, including its version, such as {@code http://localhost:11434/v1}
 *     for Ollama.
 * @param connectTimeout Maximum time to connect to the service, as 5s, 1ms to 1h. A longer attempt fails and is retried.
 * @param maxInputTokens Maximum number of tokens of one prompt, 256 to 10000000. Passages that do not fit are left out.
 * @param temperature Sampling temperature of the chat models, 0 to 2. Without it nothing is sent, since many models that think refuse it or do worse
 *     with another one than their own.
 * @param reasoningEffort How much the chat models think before an answer: none, minimal, low, medium, high, xhigh, or default for what the model does
 *     by itself. The limit of the output is raised for it. A model that refuses it is called without.
 * @param rewriteReasoningEffort How much the chat models think before they rewrite a follow-up question, with the same values.
 * @param firstTokenTimeout Maximum time of a chat model until its first text, thoughts not counted, as 60s, 10ms to 1h. After it the next model is tried, or
 *     quotes are given.
 * @param nextTokenTimeout Maximum time of a chat model between two tokens of its reply, as 20s, 10ms to 1h. After it the answer is cut off.
 * @param embeddingDimensions Number of dimensions of embeddings, 1 to 4096. It is requested from text-embedding-3 models; for other models it
 *     must equal the dimensions of the model.
 */
@ConfigurationProperties("lectern.openai")
public record OpenAiProperties(
        @DefaultValue("") Secret apiKey,
        @DefaultValue("https://api.openai.com/v1") URI baseUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("16000") int maxInputTokens,
        @Nullable Double temperature,
        @DefaultValue("medium") ThinkingLevel reasoningEffort,
        @DefaultValue("low") ThinkingLevel rewriteReasoningEffort,
        @DefaultValue("60s") Duration firstTokenTimeout,
        @DefaultValue("20s") Duration nextTokenTimeout,
        @DefaultValue("768") int embeddingDimensions) {
    public OpenAiProperties {
        SettingValidator.of("lectern.openai")
                .requireKey("api-key", apiKey)
                .requireHttpUrl("base-url", baseUrl, "http://localhost:11434/v1")
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofHours(1))
                .requireBetween("max-input-tokens", maxInputTokens, 256, 10_000_000)
                .requireBetween("temperature", temperature == null ? 0.0 : temperature, 0.0, 2.0)
                .requireBetween("first-token-timeout", firstTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("next-token-timeout", nextTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("embedding-dimensions", embeddingDimensions, 1, EmbeddingModelName.MAX_DIMENSIONS);
    }

    /** The service {@code openai}. */
    public ServiceSettings toSettings() {
        return new ServiceSettings(
                "openai",
                "The model service",
                "LECTERN_OPENAI_",
                new ServiceSettings.Access(baseUrl, apiKey, connectTimeout),
                new ServiceSettings.Chat(
                        maxInputTokens,
                        0,
                        temperature,
                        reasoningEffort,
                        rewriteReasoningEffort,
                        true,
                        firstTokenTimeout,
                        nextTokenTimeout),
                ServiceSettings.Embedding.ofDimensions(embeddingDimensions));
    }
}
