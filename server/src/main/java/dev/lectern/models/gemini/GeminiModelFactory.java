package dev.lectern.models.gemini;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel.TaskType;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.EmbeddingPrefixes;
import dev.lectern.models.langchain4j.KeyScheme;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.jspecify.annotations.Nullable;

/** Creates chat models and embedders of a service with the API of Gemini. Creating one does no I/O. */
public final class GeminiModelFactory {
    /** Maximum texts of one call; the service refuses more. */
    private static final int EMBEDDING_BATCH = 100;

    /** The sum of 100 texts of the greatest length. */
    private static final int EMBEDDING_CALL_TOKENS = 204_800;

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
        var dialect = new GeminiDialect(model, thinking -> client(model, thinking));
        return new StreamingChatModelAdapter(nameOf(model), dialect, upstreamService, settings.chat());
    }

    private GoogleAiGeminiStreamingChatModel client(String model, @Nullable GeminiThinkingConfig thinking) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(model)
                .thinkingConfig(thinking)
                .timeout(NO_TIMEOUT)
                .build();
    }

    /**
     * @param model its name, with {@code @} and the dimensions if they differ from the settings
     * @throws LecternException {@code MODEL_FAILED} when no API key is set
     */
    public dev.lectern.models.EmbeddingModel embedder(String model) {
        requireKey(model);
        EmbeddingModelName sized =
                EmbeddingModelName.of(model, settings.embedding().dimensions());
        EmbeddingPrefixes prefixes = EmbeddingPrefixes.of(settings, sized.name());
        // A model with prefixes takes them instead of a type of task.
        boolean prefixed = !prefixes.question().isEmpty() || !prefixes.passage().isEmpty();
        var fingerprint = new EmbedderFingerprint(
                nameOf(sized.name()),
                sized.dimensions(),
                prefixed ? prefixes.question() : TaskType.RETRIEVAL_QUERY.name(),
                prefixed ? prefixes.passage() : TaskType.RETRIEVAL_DOCUMENT.name(),
                "remote",
                true);
        return new RemoteEmbedder(
                fingerprint,
                embeddings(sized, prefixed ? null : TaskType.RETRIEVAL_QUERY),
                embeddings(sized, prefixed ? null : TaskType.RETRIEVAL_DOCUMENT),
                prefixes.question(),
                prefixes.passage(),
                upstreamService,
                RemoteEmbedder.Limits.of(
                        settings.embedding(),
                        prefixes.maxTokens(),
                        EMBEDDING_BATCH,
                        EMBEDDING_CALL_TOKENS));
    }

    private EmbeddingModel embeddings(EmbeddingModelName model, @Nullable TaskType task) {
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

    /** Uses another API key from the next call on; none if it is empty. */
    public void replaceKey(Secret key) {
        upstreamService.replaceKey(key);
    }

    private String nameOf(String model) {
        return settings.name() + ":" + model;
    }

    private void requireKey(String model) {
        if (settings.access().apiKeys().isEmpty() && !settings.access().hasStoredKey()) {
            throw LecternException.forOperator(
                    ErrorCode.MODEL_FAILED,
                    "The model " + nameOf(model) + " requires an API key.",
                    "Set " + settings.variable("API_KEY") + ".",
                    null);
        }
    }
}
