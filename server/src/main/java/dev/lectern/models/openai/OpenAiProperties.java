package dev.lectern.models.openai;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A service that speaks the OpenAI protocol.
 *
 * @param apiKey its key; may be empty for one that needs none
 * @param baseUrl where it is, with the version: {@code http://localhost:11434/v1} for Ollama
 * @param connectTimeout how long connecting may take
 * @param maxInputTokens how many tokens a prompt may have
 * @param temperature 0 to 2; low keeps to the documents
 * @param embeddingDimensions of the vectors, 1 to 1024; asked for where the model is one of text-embedding-3, else what the model has
 */
@ConfigurationProperties("lectern.openai")
public record OpenAiProperties(
        @DefaultValue("") Secret apiKey,
        @DefaultValue("https://api.openai.com/v1") URI baseUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("16000") int maxInputTokens,
        @DefaultValue("0.2") double temperature,
        @DefaultValue("768") int embeddingDimensions) {}
