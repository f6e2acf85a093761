package dev.lectern.models.gemini;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel.TaskType;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.stereotype.Component;

/** Creates chat models and embedders of Gemini. Creating one does no I/O. */
@Component
public final class GeminiModelFactory {
    /** The service truncates longer texts. */
    private static final int EMBEDDING_TOKENS = 2048;

    /** Maximum texts of one call; the service refuses more. */
    private static final int EMBEDDING_BATCH = 100;

    /** LangChain4j requires a time-out. It never passes, since the deadline of each call comes first. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private final GeminiProperties properties;
    private final UpstreamService upstreamService;

    GeminiModelFactory(GeminiProperties properties, ExecutorService executor, InstantSource clock) {
        this.properties = properties;
        this.upstreamService = new UpstreamService(
                "Gemini",
                "LECTERN_GEMINI_API_KEY",
                "LECTERN_GEMINI_BASE_URL",
                properties.connectTimeout(),
                executor,
                clock);
    }

    /**
     * The factory outside of the application.
     *
     * @param settings with the keys below {@code lectern.gemini}
     */
    public static GeminiModelFactory of(Binder settings, ExecutorService executor, InstantSource clock) {
        return new GeminiModelFactory(settings.bindOrCreate("lectern.gemini", GeminiProperties.class), executor, clock);
    }

    /** @throws LecternException {@code MODEL_FAILED} when no API key is set */
    public ChatModel chat(String model) {
        var client = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key(model))
                .modelName(model)
                .temperature(properties.temperature())
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamingChatModelAdapter("gemini:" + model, client, upstreamService, properties.maxInputTokens());
    }

    /**
     * @param model its name, with {@code @} and the dimensions if they differ from the settings
     * @throws LecternException {@code MODEL_FAILED} when no API key is set
     */
    public dev.lectern.models.EmbeddingModel embedder(String model) {
        EmbeddingModelName sized = EmbeddingModelName.of(model, properties.embeddingDimensions());
        var fingerprint = new EmbedderFingerprint(
                "gemini:" + sized.name(),
                sized.dimensions(),
                TaskType.RETRIEVAL_QUERY.name(),
                TaskType.RETRIEVAL_DOCUMENT.name(),
                "remote",
                true);
        return new RemoteEmbedder(
                fingerprint,
                embeddings(sized, TaskType.RETRIEVAL_QUERY),
                embeddings(sized, TaskType.RETRIEVAL_DOCUMENT),
                upstreamService,
                EMBEDDING_TOKENS,
                EMBEDDING_BATCH);
    }

    private EmbeddingModel embeddings(EmbeddingModelName model, TaskType task) {
        return GoogleAiEmbeddingModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key(model.name()))
                .modelName(model.name())
                .taskType(task)
                .outputDimensionality(model.dimensions())
                .maxRetries(0)
                .timeout(NO_TIMEOUT)
                .build();
    }

    private String key(String model) {
        if (properties.apiKey().isEmpty()) {
            throw LecternException.forOperator(
                    ErrorCode.MODEL_FAILED,
                    "The model gemini:" + model + " requires an API key.",
                    "Set LECTERN_GEMINI_API_KEY.",
                    null);
        }
        return properties.apiKey().reveal();
    }
}
