package dev.lectern.models.openai;

import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.EmbedderFingerprint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.stereotype.Component;

/** Creates chat models and embedders of a service with the OpenAI API: OpenAI, vLLM, Ollama, LiteLLM and others. Creating one does no I/O. */
@Component
public final class OpenAiModelFactory {
    private static final int EMBEDDING_TOKENS = 8191;
    private static final int EMBEDDING_BATCH = 100;

    /** Sent when no API key is set, since the client requires one. */
    private static final String NO_KEY = "none";

    /** LangChain4j requires a time-out. It never passes, since the deadline of each call comes first. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private final OpenAiProperties properties;
    private final UpstreamService upstreamService;

    OpenAiModelFactory(OpenAiProperties properties, ExecutorService executor, InstantSource clock) {
        this.properties = properties;
        this.upstreamService = new UpstreamService(
                "The model service",
                "LECTERN_OPENAI_API_KEY",
                "LECTERN_OPENAI_BASE_URL",
                properties.connectTimeout(),
                executor,
                clock);
    }

    /**
     * The factory outside of the application.
     *
     * @param settings with the keys below {@code lectern.openai}
     */
    public static OpenAiModelFactory of(Binder settings, ExecutorService executor, InstantSource clock) {
        return new OpenAiModelFactory(settings.bindOrCreate("lectern.openai", OpenAiProperties.class), executor, clock);
    }

    public ChatModel chat(String model) {
        var client = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key())
                .modelName(model)
                .temperature(properties.temperature())
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamingChatModelAdapter("openai:" + model, client, upstreamService, properties.maxInputTokens());
    }

    /** @param model its name, with {@code @} and the dimensions if they differ from the settings */
    public EmbeddingModel embedder(String model) {
        EmbeddingModelName sized = EmbeddingModelName.of(model, properties.embeddingDimensions());
        var client = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(upstreamService.http())
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
        return new RemoteEmbedder(
                fingerprint, embeddings, embeddings, upstreamService, EMBEDDING_TOKENS, EMBEDDING_BATCH);
    }

    private String key() {
        return properties.apiKey().isEmpty() ? NO_KEY : properties.apiKey().reveal();
    }
}
