package dev.lectern.models.services;

import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.ThinkingLevel;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model service with a name of the operator's choice: letters and digits. Its models are used as {@code <name>:<model>}.
 *
 * @param type API of this model service: {@code gemini}, {@code anthropic}, or {@code openai}, which most services and programs
 *     offer. Required.
 * @param baseUrl Base address of this model service, including its version, such as {@code http://localhost:8000/v1}. Required.
 * @param apiKey API key of this model service. May be empty for type openai when the service needs none.
 * @param apiKeys Several API keys of this model service, separated by commas, instead of one. They are used in turn, and one whose quota is
 *     used up is left out until it is renewed. Keys of the same project share its quota, so they add nothing.
 * @param headers Headers sent with every call of this model service, as {@code name=value}, separated by commas. Commas, spaces and percent
 *     signs of a value are percent-encoded.
 * @param query Query added to the address of every call of this model service, such as {@code api-version=2024-10-21}. Write keys
 *     into the headers, not here.
 * @param connectTimeout Maximum time to connect to this model service, as 5s, 1ms to 1h. A longer attempt fails and is retried.
 * @param contextTokens Context of the chat models of this service in tokens, 1024 to 10000000: prompt, thoughts and answer together. A quarter of it,
 *     8192 tokens at most, is left to the answer.
 * @param temperature Sampling temperature of the chat models, 0 to 2. Without it nothing is sent, since many models that think refuse it or do worse
 *     with another one than their own.
 * @param thinking How much the chat models think before an answer: none, minimal, low, medium, high, xhigh, or default for what the model does
 *     by itself. The limit of the output is raised for it. A model that refuses it is called without.
 * @param rewriteThinking How much the chat models think before they rewrite a follow-up question, with the same values.
 * @param systemRole Whether the chat models know the role system. With {@code false} the instructions stand at the begin of the first
 *     message.
 * @param firstTokenTimeout Maximum time of a chat model until its first text, thoughts not counted, as 60s, 10ms to 1h. After it the next model is tried, or
 *     quotes are given.
 * @param nextTokenTimeout Maximum time of a chat model between two tokens of its reply, as 20s, 10ms to 1h. After it the answer is cut off.
 * @param embeddingDimensions Number of dimensions of embeddings, 1 to 4096. It is requested from models that can be cut; for other models
 *     it must equal the dimensions of the model.
 * @param embeddingTexts Maximum number of texts in one call of an embedding model, 0 to 2048; 0 for the limit known for the type.
 * @param embeddingCallTokens Maximum number of tokens of all texts in one call of an embedding model, 0 to 10000000; 0 for the limit known
 *     for the type.
 * @param embeddingTextTokens Maximum number of tokens of one text of an embedding model, 0 to 1000000; 0 for the limit known for the model.
 * @param embeddingCallsPerMinute Maximum number of calls of embedding models in a minute, 0 to 1000000; 0 for no limit before the service
 *     says that it has one.
 * @param embeddingTokensPerMinute Maximum number of tokens of embedding models in a minute, 0 to 2000000000; 0 for no limit before the
 *     service says that it has one.
 * @param questionPrefix Text before each question for embedding models, such as {@code "query: "} with its quotes; {@code auto} for what
 *     the model is known to need. Another prefix is another embedder and requires a new index.
 * @param passagePrefix Text before each passage for embedding models, as with the prefix of questions.
 */
@ConfigurationPropertiesSource
public record NamedServiceProperties(
        @Nullable ServiceType type,
        @Nullable URI baseUrl,
        @DefaultValue("") Secret apiKey,
        @DefaultValue("") Secret apiKeys,
        @DefaultValue("") Secret headers,
        @DefaultValue("") String query,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("32000") int contextTokens,
        @Nullable Double temperature,
        @DefaultValue("medium") ThinkingLevel thinking,
        @DefaultValue("low") ThinkingLevel rewriteThinking,
        @DefaultValue("true") boolean systemRole,
        @DefaultValue("60s") Duration firstTokenTimeout,
        @DefaultValue("20s") Duration nextTokenTimeout,
        @DefaultValue("768") int embeddingDimensions,
        @DefaultValue("0") int embeddingTexts,
        @DefaultValue("0") int embeddingCallTokens,
        @DefaultValue("0") int embeddingTextTokens,
        @DefaultValue("0") int embeddingCallsPerMinute,
        @DefaultValue("0") int embeddingTokensPerMinute,
        @DefaultValue(ServiceSettings.Embedding.AUTO) String questionPrefix,
        @DefaultValue(ServiceSettings.Embedding.AUTO) String passagePrefix) {
    private static final int MAX_ANSWER_TOKENS = 8192;
    private static final String EXAMPLE_URL = "http://localhost:8000/v1";

    /**
     * Checks everything that needs the name of the service for its message.
     *
     * @param name in lower case
     * @throws InvalidSettingException says what to write
     */
    void validate(String name) {
        SettingValidator settings = SettingValidator.of("lectern.service." + name);
        settings.requireKey("api-key", apiKey)
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofHours(1))
                .requireBetween("context-tokens", contextTokens, 1024, 10_000_000)
                .requireBetween("temperature", temperature == null ? 0.0 : temperature, 0.0, 2.0)
                .requireBetween("first-token-timeout", firstTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("next-token-timeout", nextTokenTimeout, Duration.ofMillis(10), Duration.ofHours(1))
                .requireBetween("embedding-dimensions", embeddingDimensions, 1, EmbeddingModelName.MAX_DIMENSIONS)
                .requireBetween("embedding-texts", embeddingTexts, 0, 2048)
                .requireBetween("embedding-call-tokens", embeddingCallTokens, 0, 10_000_000)
                .requireBetween("embedding-text-tokens", embeddingTextTokens, 0, 1_000_000)
                .requireBetween("embedding-calls-per-minute", embeddingCallsPerMinute, 0, 1_000_000)
                .requireBetween("embedding-tokens-per-minute", embeddingTokensPerMinute, 0, 2_000_000_000)
                .require("query", query, isQuery(), "name=value, or several of them separated by &");
        keys().forEach(key -> settings.requireKey("api-keys", key));
        ServiceHeaders.parse(headers, settings.variable("headers"));
        if (!apiKey.isEmpty() && !apiKeys.isEmpty()) {
            throw new InvalidSettingException(settings.variable("api-key") + " and " + settings.variable("api-keys")
                    + " are both set. Remove one of them.");
        }
        if (baseUrl != null) {
            settings.requireHttpUrl("base-url", baseUrl, EXAMPLE_URL);
        }
        requireType(settings);
        settings.require(
                "base-url",
                "",
                baseUrl != null,
                "the base address of the service with its version, such as " + EXAMPLE_URL);
    }

    private void requireType(SettingValidator settings) {
        String types = String.join(
                ", ",
                Arrays.stream(ServiceType.values())
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .toList());
        settings.require("type", "", type != null, "the API of the service: " + types);
    }

    private boolean isQuery() {
        try {
            return query.isEmpty()
                    || (query.contains("=")
                            && !query.startsWith("?")
                            && query.equals(new URI("http://host/?" + query).getRawQuery()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private List<Secret> keys() {
        return Stream.concat(
                        Stream.of(apiKey),
                        Arrays.stream(apiKeys.reveal().split(",", -1)).map(Secret::of))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /** @param name in lower case */
    ServiceSettings toSettings(String name) {
        if (baseUrl == null) {
            throw new IllegalStateException("The service " + name + " was not validated");
        }
        String variables = "LECTERN_SERVICE_" + name.toUpperCase(Locale.ROOT) + "_";
        return new ServiceSettings(
                name,
                "The model service " + name,
                variables,
                new ServiceSettings.Access(
                        baseUrl, keys(), false, ServiceHeaders.parse(headers, variables + "HEADERS"), query, connectTimeout),
                new ServiceSettings.Chat(
                        contextTokens - Math.min(contextTokens / 4, MAX_ANSWER_TOKENS),
                        contextTokens,
                        temperature,
                        thinking,
                        rewriteThinking,
                        systemRole,
                        firstTokenTimeout,
                        nextTokenTimeout),
                new ServiceSettings.Embedding(
                        embeddingDimensions,
                        embeddingTexts,
                        embeddingCallTokens,
                        embeddingTextTokens,
                        embeddingCallsPerMinute,
                        embeddingTokensPerMinute,
                        unquoted(questionPrefix),
                        unquoted(passagePrefix)));
    }

    /** Variables lose the space at their end, which belongs to a prefix. */
    private static String unquoted(String prefix) {
        return prefix.length() >= 2 && prefix.startsWith("\"") && prefix.endsWith("\"")
                ? prefix.substring(1, prefix.length() - 1)
                : prefix;
    }
}
