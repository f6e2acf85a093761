package dev.lectern.models.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adapts a streaming client of LangChain4j to {@link ChatModel}. */
public final class StreamingChatModelAdapter implements ChatModel {
    private final String name;
    private final StreamingChatModel client;
    private final UpstreamService upstreamService;
    private final ServiceSettings.Chat settings;

    /** @param client uses {@link UpstreamService#http()}, so that it streams on the calling thread */
    public StreamingChatModelAdapter(
            String name, StreamingChatModel client, UpstreamService upstreamService, ServiceSettings.Chat settings) {
        this.name = name;
        this.client = client;
        this.upstreamService = upstreamService;
        this.settings = settings;
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
        UpstreamCall call = upstreamService.call(deadline);
        cancellation.onCancel(() -> call.stop(UpstreamCall.Stop.CANCELLED));
        ChatReplyCollector reply = new ChatReplyCollector(onText);
        RuntimeException thrown = upstreamService.runWithDeadline(call, () -> stream(request, reply));
        if (call.stopped() == UpstreamCall.Stop.CANCELLED) {
            return reply.toCancelledReply(name, request);
        }
        reply.rethrowConsumerFailure();
        if (call.isPromptBlocked()) {
            return reply.toFilteredReply(name, request);
        }
        if (thrown != null
                || call.parseFailure() != null
                || call.hasServiceError()
                || !reply.isComplete(call.isFinished())) {
            throw upstreamService.translate(call, name, thrown == null ? reply.failure() : thrown);
        }
        return reply.toReply(name, request);
    }

    private @Nullable RuntimeException stream(ChatRequest request, ChatReplyCollector reply) {
        try {
            client.chat(translate(request), reply);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private dev.langchain4j.model.chat.request.ChatRequest translate(ChatRequest request) {
        List<dev.langchain4j.data.message.ChatMessage> messages = new ArrayList<>();
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
        return dev.langchain4j.model.chat.request.ChatRequest.builder()
                .messages(messages)
                .maxOutputTokens(request.maxOutputTokens())
                .build();
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
