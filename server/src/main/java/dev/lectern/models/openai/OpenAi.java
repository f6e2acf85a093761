package dev.lectern.models.openai;

import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.SizedModel;
import dev.lectern.models.langchain4j.StreamedChat;
import dev.lectern.models.langchain4j.Upstream;
import dev.lectern.shared.EmbedderFingerprint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Makes models of a service that speaks the OpenAI protocol: OpenAI, vLLM, Ollama, LiteLLM and others. Making one calls nobody. */
public final class OpenAi {
    private static final int EMBEDDING_TOKENS = 8191;
    private static final int EMBEDDING_BATCH = 100;

    /** Sent where the service needs no key, as the client wants one. */
    private static final String NO_KEY = "none";

    /** Unused: the deadline of each call counts. LangChain4j wants one. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private final OpenAiProperties properties;
    private final Upstream upstream;

    public OpenAi(OpenAiProperties properties, ExecutorService executor, InstantSource clock) {
        this.properties = properties;
        this.upstream = new Upstream(
                "The model's service",
                "LECTERN_OPENAI_API_KEY",
                "LECTERN_OPENAI_BASE_URL",
                properties.connectTimeout(),
                executor,
                clock);
    }

    public ChatModel chat(String model) {
        var client = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(upstream.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key())
                .modelName(model)
                .temperature(properties.temperature())
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamedChat("openai:" + model, client, upstream, properties.maxInputTokens());
    }

    /** @param model its name, with {@code @} and the dimensions where they are not those of the settings */
    public Embedder embedder(String model) {
        SizedModel sized = SizedModel.of(model, properties.embeddingDimensions());
        var client = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(upstream.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key())
                .modelName(sized.name())
                .maxRetries(0)
                .timeout(NO_TIMEOUT);
        if (model.startsWith("text-embedding-3")) {
            client.dimensions(sized.dimensions());
        }
        var embeddings = client.build();
        var fingerprint = new EmbedderFingerprint("openai:" + sized.name(), sized.dimensions(), "", "", "remote", true);
        return new RemoteEmbedder(fingerprint, embeddings, embeddings, upstream, EMBEDDING_TOKENS, EMBEDDING_BATCH);
    }

    private String key() {
        return properties.apiKey().isEmpty() ? NO_KEY : properties.apiKey().reveal();
    }
}
