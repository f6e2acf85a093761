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

/** A chat model behind one of LangChain4j's streaming clients. */
public final class StreamedChat implements ChatModel {
    private final String name;
    private final StreamingChatModel client;
    private final Upstream upstream;
    private final int maxInputTokens;

    /** @param client made with {@link Upstream#http()}, so that it streams on the calling thread */
    public StreamedChat(String name, StreamingChatModel client, Upstream upstream, int maxInputTokens) {
        this.name = name;
        this.client = client;
        this.upstream = upstream;
        this.maxInputTokens = maxInputTokens;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int maxInputTokens() {
        return maxInputTokens;
    }

    @Override
    public ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline) {
        UpstreamCall call = upstream.call(deadline);
        cancellation.onCancel(() -> call.stop(UpstreamCall.Stop.CANCELLED));
        ReplyInProgress reply = new ReplyInProgress(onText);
        RuntimeException thrown = upstream.within(call, () -> stream(request, reply));
        if (call.stopped() == UpstreamCall.Stop.CANCELLED) {
            return reply.cancelled(name, request);
        }
        reply.rethrowReadersFailure();
        if (thrown != null || call.unreadable() != null || !reply.isComplete()) {
            throw upstream.translate(call, name, thrown == null ? reply.failure() : thrown);
        }
        return reply.complete(name, request);
    }

    private @Nullable RuntimeException stream(ChatRequest request, ReplyInProgress reply) {
        try {
            client.chat(translate(request), reply);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static dev.langchain4j.model.chat.request.ChatRequest translate(ChatRequest request) {
        List<dev.langchain4j.data.message.ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(request.system()));
        for (ChatRequest.Turn turn : request.turns()) {
            messages.add(
                    switch (turn.role()) {
                        case READER -> UserMessage.from(turn.text());
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
        // the connections belong to the upstream, and are let go when they are idle
    }

    @Override
    public String toString() {
        return name;
    }
}
