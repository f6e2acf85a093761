package dev.lectern.models.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ModelCallException;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adapts a streaming client of LangChain4j to {@link ChatModel}. */
public final class StreamingChatModelAdapter implements ChatModel {
    /** Models whose templates are known to begin the reply within thoughts. Their text is held back until the thoughts end. */
    private static final Pattern THINKING_NAME =
            Pattern.compile("(?<![a-z])(?:r1|qwq|thinking|reasoning|reasoner)(?![a-z])", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final ChatDialect dialect;
    private final UpstreamService upstreamService;
    private final ServiceSettings.Chat settings;
    private final SupportedParameters parameters;

    /** Whether replies begin with thoughts whose beginning is not marked: by the name of the model at first, then learnt. */
    private volatile boolean beginsInThought;

    /** @param dialect uses {@link UpstreamService#http()}, so that it streams on the calling thread */
    public StreamingChatModelAdapter(
            String name, ChatDialect dialect, UpstreamService upstreamService, ServiceSettings.Chat settings) {
        this.name = name;
        this.dialect = dialect;
        this.parameters = new SupportedParameters(name, settings, dialect);
        this.upstreamService = upstreamService;
        this.settings = settings;
        this.beginsInThought = THINKING_NAME.matcher(name).find();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int maxInputTokens() {
        return settings.maxInputTokens();
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        ReplyParameters sent = parameters.of(request);
        while (true) {
            UpstreamCall call = upstreamService.call(name, deadline, settings, request.firstTextBy());
            cancellation.onCancel(() -> call.stop(UpstreamCall.Stop.CANCELLED));
            try {
                return write(call, request, sent, onText);
            } catch (ModelCallException e) {
                Refusal refusal = call.refusal();
                boolean repeat = refusal != null && parameters.learn(refusal, sent);
                ReplyParameters next = parameters.of(request);
                if (!repeat || next.equals(sent) || cancellation.isCancelled()) {
                    parameters.restoreHeadRoom(sent);
                    throw e;
                }
                sent = next;
            }
        }
    }

    private ChatReply write(
            UpstreamCall call, ChatRequest request, ReplyParameters sent, Consumer<String> onText) {
        ChatReplyCollector reply = new ChatReplyCollector(
                piece -> {
                    call.recordText();
                    onText.accept(piece);
                },
                call.facts(),
                beginsInThought,
                new TextLimit(request.maxOutputTokens(), sent.headRoom()),
                () -> call.stop(UpstreamCall.Stop.FULL));
        RuntimeException thrown = upstreamService.runWithDeadline(call, () -> stream(request, sent, reply));
        if (call.stopped() == UpstreamCall.Stop.CANCELLED) {
            return reply.toCancelledReply(name, request, call.facts());
        }
        if (call.stopped() == UpstreamCall.Stop.FULL) {
            return reply.toCutReply(name, request, call.facts());
        }
        reply.rethrowConsumerFailure();
        if (call.isPromptBlocked()) {
            return reply.toFilteredReply(name, request, call.facts());
        }
        if (thrown != null || call.parseFailure() != null || call.hasServiceError() || !reply.isComplete(call.facts())) {
            ModelCallException failure =
                    upstreamService.translate(call, name, thrown == null ? reply.failure() : thrown);
            throw call.facts().isEmpty()
                    ? failure
                    : failure.withReceived(reply.toPartialReply(name, request, call.facts()));
        }
        reply.end();
        reply.rethrowConsumerFailure();
        ChatReply complete = reply.toReply(name, request, call.facts());
        checkThoughts(reply, complete);
        return complete;
    }

    /** Services whose template writes the mark at the beginning of thoughts itself send only the mark at their end. */
    private void checkThoughts(ChatReplyCollector reply, ChatReply complete) {
        beginsInThought |= reply.hasUnmarkedThoughts();
        if (reply.hasLeakedThoughts()) {
            throw upstreamService.unmarkedThoughts(name).withReceived(complete);
        }
        if (!complete.hasText() && complete.thinkingTokens() > 0 && complete.finish() != ChatReply.Finish.FILTERED) {
            throw upstreamService.thoughtsOnly(name, complete.thinkingTokens()).withReceived(complete);
        }
    }

    private @Nullable RuntimeException stream(ChatRequest request, ReplyParameters sent, ChatReplyCollector reply) {
        try {
            dialect.stream(translate(request), sent, reply);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private List<ChatMessage> translate(ChatRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        // A model without the role of the system gets its instructions at the begin of the first message.
        String instructions = settings.hasSystemRole() ? "" : request.system() + "\n\n";
        if (settings.hasSystemRole()) {
            messages.add(SystemMessage.from(request.system()));
        }
        for (ChatRequest.Message turn : request.turns()) {
            String before = messages.isEmpty() ? instructions : "";
            messages.add(
                    switch (turn.role()) {
                        case READER -> UserMessage.from(before + turn.text());
                        case MODEL -> AiMessage.from(turn.text());
                    });
        }
        return messages;
    }

    @Override
    public void close() {
        // The upstream service owns the connections and closes idle ones.
    }

    @Override
    public String toString() {
        return name;
    }
}
