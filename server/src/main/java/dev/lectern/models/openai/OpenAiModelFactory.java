package dev.lectern.models.openai;

import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.langchain4j.EmbeddingPrefixes;
import dev.lectern.models.langchain4j.KeyScheme;
import dev.lectern.models.langchain4j.RemoteEmbedder;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Creates chat models and embedders of a service with the OpenAI API: OpenAI, vLLM, Ollama, LiteLLM and others. Creating one does no I/O. */
public final class OpenAiModelFactory {
    private static final int EMBEDDING_BATCH = 100;

    /** OpenAI refuses more. */
    private static final int EMBEDDING_CALL_TOKENS = 300_000;

    /** LangChain4j requires a key. The one of the service takes its place when a call is sent. */
    private static final String PLACEHOLDER = "none";

    /** LangChain4j requires a time-out. It never passes, since the deadline of each call comes first. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    private final ServiceSettings settings;
    private final UpstreamService upstreamService;

    public OpenAiModelFactory(ServiceSettings settings, ExecutorService executor, InstantSource clock) {
        this.settings = settings;
        this.upstreamService = new UpstreamService(settings, KeyScheme.BEARER, executor, clock);
    }

    public ChatModel chat(String model) {
        var client = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(model)
                .timeout(NO_TIMEOUT)
                .build();
        var dialect = new OpenAiDialect(client, model, settings.access().baseUrl());
        return new StreamingChatModelAdapter(nameOf(model), dialect, upstreamService, settings.chat());
    }

    /** @param model its name, with {@code @} and the dimensions if they differ from the settings */
    public EmbeddingModel embedder(String model) {
        EmbeddingModelName sized = 
                EmbeddingModelName.of(model, settings.embedding().dimensions());
        var client = OpenAiEmbeddingModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(sized.name())
                .maxRetries(0)
                .timeout(NO_TIMEOUT);
        if (model.startsWith("text-embedding-3")) {
            client.dimensions(sized.dimensions());
        }
        var embeddings = client.build();
        EmbeddingPrefixes prefixes = EmbeddingPrefixes.of(settings, sized.name());
        var fingerprint = new EmbedderFingerprint(
                nameOf(sized.name()), sized.dimensions(), prefixes.question(), prefixes.passage(), "remote", true);
        return new RemoteEmbedder(
                fingerprint,
                embeddings,
                embeddings,
                prefixes.question(),
                prefixes.passage(),
                upstreamService,
                RemoteEmbedder.Limits.of(
                        settings.embedding(), prefixes.maxTokens(), EMBEDDING_BATCH, EMBEDDING_CALL_TOKENS));
    }

    /** Uses another API key from the next call on; none if it is empty. */
    public void replaceKey(Secret key) {
        upstreamService.replaceKey(key);
    }

    private String nameOf(String model) {
        return settings.name() + ":" + model;
    }
}
