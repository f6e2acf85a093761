package dev.lectern.models.anthropic;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.langchain4j.KeyScheme;
import dev.lectern.models.langchain4j.ServiceSettings;
import dev.lectern.models.langchain4j.StreamingChatModelAdapter;
import dev.lectern.models.langchain4j.UpstreamService;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Creates chat models of a service with the API of Anthropic, which has no embedding models. Creating one does no I/O. */
public final class AnthropicModelFactory {
    /** LangChain4j requires a time-out. It never passes, since the deadline of each call comes first. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(1);

    /** LangChain4j requires a key. The one of the service takes its place when a call is sent. */
    private static final String PLACEHOLDER = "none";

    private final ServiceSettings settings;
    private final UpstreamService upstreamService;

    public AnthropicModelFactory(ServiceSettings settings, ExecutorService executor, InstantSource clock) {
        this.settings = settings;
        this.upstreamService = new UpstreamService(settings, KeyScheme.ANTHROPIC, executor, clock);
    }

    /** @throws LecternException {@code MODEL_FAILED} when no API key is set */
    public ChatModel chat(String model) {
        if (settings.access().apiKeys().isEmpty() && !settings.access().hasStoredKey()) {
            throw LecternException.forOperator(
                    ErrorCode.MODEL_FAILED,
                    "The model " + settings.name() + ":" + model + " requires an API key.",
                    "Set " + settings.variable("API_KEY") + ".",
                    null);
        }
        var client = AnthropicStreamingChatModel.builder()
                .httpClientBuilder(upstreamService.http())
                .baseUrl(settings.access().baseUrl().toString())
                .apiKey(PLACEHOLDER)
                .modelName(model)
                .timeout(NO_TIMEOUT)
                .build();
        return new StreamingChatModelAdapter(
                settings.name() + ":" + model, new AnthropicDialect(client), upstreamService, settings.chat());
    }

    /** Uses another API key from the next call on; none if it is empty. */
    public void replaceKey(Secret key) {
        upstreamService.replaceKey(key);
    }
}
