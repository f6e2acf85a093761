package dev.lectern.models.gemini;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel.TaskType;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.KeyScheme;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Creates chat models and embedders of a service with the API of Gemini. Creating one does no I/O. */
public final class GeminiModelFactory {
    /** The service truncates longer texts. */
    private static final int EMBEDDING_TOKENS = 2048;

    /** Maximum texts of one call; the service refuses more. */
    private static final int EMBEDDING_BATCH = 100;

    /** LangChain4j requires a time-out. It never passes, since the deadline of each call comes first. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    /** LangChain4j requires a key. The one of the service takes its place when a call is sent. */
    private static final String PLACEHOLDER = "none";

    private final ServiceSettings settings;
    private final UpstreamService upstreamService;

    public GeminiModelFactory(ServiceSettings settings, ExecutorService executor, InstantSource clock) {
        this.settings = settings;
        this.upstreamService = new UpstreamService(settings, KeyScheme.GOOGLE, executor, clock);
    }

    /** @throws LecternException {@code MODEL_FAILED} when no API key is set */
    public ChatModel chat(String model) {
        requireKey(model);
        var client = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(model)
                .temperature(settings.chat().temperature())
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamingChatModelAdapter(nameOf(model), client, upstreamService, settings.chat());
    }

    /**
     * @param model its name, with {@code @} and the dimensions if they differ from the settings
     * @throws LecternException {@code MODEL_FAILED} when no API key is set
     */
    public dev.lectern.models.EmbeddingModel embedder(String model) {
        requireKey(model);
        EmbeddingModelName sized =
                EmbeddingModelName.of(model, settings.embedding().dimensions());
        var fingerprint = new EmbedderFingerprint(
                nameOf(sized.name()),
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
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(model.name())
                .taskType(task)
                .outputDimensionality(model.dimensions())
                .maxRetries(0)
                .timeout(NO_TIMEOUT)
                .build();
    }

    private String nameOf(String model) {
        return settings.name() + ":" + model;
    }

    private void requireKey(String model) {
        if (settings.access().apiKeys().isEmpty()) {
            throw LecternException.forOperator(
                    ErrorCode.MODEL_FAILED,
                    "The model " + nameOf(model) + " requires an API key.",
                    "Set " + settings.variable("API_KEY") + ".",
                    null);
        }
    }
}
