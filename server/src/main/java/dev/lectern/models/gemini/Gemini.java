package dev.lectern.models.gemini;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel.TaskType;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.SizedModel;
import dev.lectern.models.langchain4j.StreamedChat;
import dev.lectern.models.langchain4j.Upstream;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Makes models of Gemini. Making one calls nobody. */
public final class Gemini {
    /** Longer texts are cut by the service. */
    private static final int EMBEDDING_TOKENS = 2048;

    /** The service refuses more texts in one call. */
    private static final int EMBEDDING_BATCH = 100;

    /** Unused: the deadline of each call counts. LangChain4j wants one. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private final GeminiProperties properties;
    private final Upstream upstream;

    public Gemini(GeminiProperties properties, ExecutorService executor, InstantSource clock) {
        this.properties = properties;
        this.upstream = new Upstream(
                "Gemini",
                "LECTERN_GEMINI_API_KEY",
                "LECTERN_GEMINI_BASE_URL",
                properties.connectTimeout(),
                executor,
                clock);
    }

    /** @throws LecternException {@code INVALID_REQUEST} when there is no key */
    public ChatModel chat(String model) {
        var client = GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(upstream.http())
                .baseUrl(properties.baseUrl().toString())
                .apiKey(key(model))
                .modelName(model)
                .temperature(properties.temperature())
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamedChat("gemini:" + model, client, upstream, properties.maxInputTokens());
    }

    /**
     * @param model its name, with {@code @} and the dimensions where they are not those of the settings
     * @throws LecternException {@code INVALID_REQUEST} when there is no key
     */
    public Embedder embedder(String model) {
        SizedModel sized = SizedModel.of(model, properties.embeddingDimensions());
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
                upstream,
                EMBEDDING_TOKENS,
                EMBEDDING_BATCH);
    }

    private EmbeddingModel embeddings(SizedModel model, TaskType task) {
        return GoogleAiEmbeddingModel.builder()
                .httpClientBuilder(upstream.http())
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
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "The model gemini:" + model + " needs a key. Set LECTERN_GEMINI_API_KEY.");
        }
        return properties.apiKey().reveal();
    }
}
