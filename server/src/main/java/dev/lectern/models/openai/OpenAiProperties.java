package dev.lectern.models.openai;

import dev.lectern.shared.Secret;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model service with the OpenAI API.
 *
 * @param apiKey API key of the OpenAI-compatible service. May be empty when the service needs none.
 * @param baseUrl Base address of the OpenAI-compatible service, including its version, such as {@code http://localhost:11434/v1}
 *     for Ollama.
 * @param connectTimeout Maximum time to connect to the service, as 5s. A longer attempt fails and is retried.
 * @param maxInputTokens Maximum number of tokens of one prompt. Passages that do not fit are left out.
 * @param temperature Sampling temperature of the chat model, 0 to 2. Low values stay closer to the documents.
 * @param embeddingDimensions Number of dimensions of embeddings, 1 to 1024. It is requested from text-embedding-3 models; for other models it
 *     must equal the dimensions of the model.
 */
@ConfigurationProperties("lectern.openai")
record OpenAiProperties(
        @DefaultValue("") Secret apiKey,
        @DefaultValue("https://api.openai.com/v1") URI baseUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("16000") int maxInputTokens,
        @DefaultValue("0.2") double temperature,
        @DefaultValue("768") int embeddingDimensions) {}
