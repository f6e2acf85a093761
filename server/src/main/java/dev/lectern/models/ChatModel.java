package dev.lectern.models;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Writes text from a prompt. Thread-safe. */
public interface ChatModel extends AutoCloseable {

    /** The configured name, such as {@code gemini:gemini-3.8-flash}; shown with the answer and in the usage ledger. */
    String name();

    /** Maximum tokens of a prompt. */
    int maxInputTokens();

    /**
     * Writes a reply and passes each piece to {@code onText} on the calling thread. Blocks until the reply is complete, the deadline passes or the call is
     * cancelled. A cancelled call stops the remote call and returns the text so far with {@link ChatReply.Finish#CANCELLED}.
     *
     * @throws dev.lectern.shared.LecternException {@code MODEL_UNAVAILABLE} (retryable), {@code MODEL_FAILED} (not retryable),
     *     {@code DEADLINE_EXCEEDED}
     */
    ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline);

    @Override
    void close();
}
