package dev.lectern.models.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;

/** How one model of one service is called. Thread-safe. */
public interface ChatDialect {

    /** Streams the reply on the calling thread. */
    void stream(List<ChatMessage> messages, ReplyParameters parameters, StreamingChatResponseHandler handler);

    /** Whether the model is known to want the maximum as {@code max_completion_tokens}. */
    boolean prefersCompletionTokens();

    /** Whether the model is not known to be one that cannot think. */
    boolean mayThink();
}
