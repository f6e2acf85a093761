package dev.lectern.models.langchain4j;

import dev.lectern.models.ChatRequest;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the parameters of the requests of one model, and learns from refusals which ones it does not support. Thread-safe. */
final class SupportedParameters {
    private static final Logger log = LoggerFactory.getLogger(SupportedParameters.class);
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    /** Left for what a template adds to the messages. */
    private static final int TEMPLATE_TOKENS = 64;

    private final String model;
    private final ServiceSettings.Chat settings;
    private final ChatDialect dialect;
    private final Set<ChatParameter> unsupported = ConcurrentHashMap.newKeySet();
    private volatile boolean withoutHeadRoom;

    /** Whether refusals without a known cause were seen that head-room is not the cause of. */
    private volatile boolean hasOtherCause;

    SupportedParameters(String model, ServiceSettings.Chat settings, ChatDialect dialect) {
        this.model = model;
        this.settings = settings;
        this.dialect = dialect;
    }

    ReplyParameters of(ChatRequest request) {
        ThinkingLevel level = levelOf(request.context().purpose());
        boolean sendsLevel = level != ThinkingLevel.DEFAULT
                && dialect.mayThink()
                && !unsupported.contains(ChatParameter.THINKING);
        int headRoom = headRoom(request, sendsLevel ? level : ThinkingLevel.DEFAULT);
        boolean asCompletionTokens = unsupported.contains(ChatParameter.MAX_TOKENS)
                || (dialect.prefersCompletionTokens() && !unsupported.contains(ChatParameter.MAX_COMPLETION_TOKENS));
        boolean sendsMaximum = !asCompletionTokens || !unsupported.contains(ChatParameter.MAX_COMPLETION_TOKENS);
        return new ReplyParameters(
                sendsMaximum ? request.maxOutputTokens() + headRoom : null,
                asCompletionTokens,
                unsupported.contains(ChatParameter.TEMPERATURE) ? null : settings.temperature(),
                sendsLevel ? level : null,
                headRoom);
    }

    /** Steps beside the answer think less: their texts are short, and the reader waits for them. */
    private ThinkingLevel levelOf(Purpose purpose) {
        return switch (purpose) {
            case REWRITE, TITLE, PROBE -> settings.rewriteThinking();
            case ANSWER, EVALUATION, EMBED_QUESTION, EMBED_SENTENCE, EMBED_PASSAGE, REEMBED -> settings.thinking();
        };
    }

    /** A context that is known has room for prompt, thoughts and text together. */
    private int headRoom(ChatRequest request, ThinkingLevel level) {
        if (withoutHeadRoom || !dialect.mayThink()) {
            return 0;
        }
        if (settings.contextTokens() == 0) {
            return level.headRoom();
        }
        int left = settings.contextTokens() - request.estimateTokens() - request.maxOutputTokens() - TEMPLATE_TOKENS;
        return Math.clamp(left, 0, level.headRoom());
    }

    /**
     * Learns from a refusal.
     *
     * @param sent the parameters that were refused
     * @return whether the call is to be repeated, with other parameters
     */
    boolean learn(Refusal refusal, ReplyParameters sent) {
        if (refusal.status() != BAD_REQUEST && refusal.status() != UNPROCESSABLE) {
            return false;
        }
        return switch (refusal.cause()) {
            case PARAMETER -> learnUnsupported(refusal.parameter(), sent);
            case CONTEXT -> learnSize(sent);
            case UNKNOWN -> !hasOtherCause && learnSize(sent);
            case KEY, MODEL_UNKNOWN, MODEL_ENDED, ADDRESS -> false;
        };
    }

    private boolean learnUnsupported(@Nullable String name, ReplyParameters sent) {
        Optional<ChatParameter> refused = ChatParameter.of(name)
                .or(() -> Stream.of(ChatParameter.THINKING, ChatParameter.TEMPERATURE)
                        .filter(sent::has)
                        .findFirst())
                .filter(sent::has);
        refused.filter(unsupported::add)
                .ifPresent(parameter -> log.info(
                        "The model {} does not support the parameter {}; it is left out from now on.",
                        model,
                        parameter.name().toLowerCase(Locale.ROOT)));
        return refused.isPresent();
    }

    /** Text and thoughts together may be more than the model can write, or its context can hold. */
    private boolean learnSize(ReplyParameters sent) {
        if (sent.headRoom() == 0) {
            return false;
        }
        withoutHeadRoom = true;
        return true;
    }

    /** A call that failed without head-room as well shows that it was not the cause. */
    void restoreHeadRoom(ReplyParameters failed) {
        if (withoutHeadRoom && failed.headRoom() == 0) {
            withoutHeadRoom = false;
            hasOtherCause = true;
        }
    }
}
