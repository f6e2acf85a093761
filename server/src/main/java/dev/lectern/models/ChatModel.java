package dev.lectern.models;

import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import java.util.function.Consumer;

/** Writes text from a prompt. Thread-safe. */
public interface ChatModel extends AutoCloseable {

    /** As it is configured, such as {@code gemini:gemini-2.5-flash}; shown with the answer and in the ledger. */
    String name();

    /** How many tokens a prompt may have. */
    int maxInputTokens();

    /**
     * Writes a reply, handing each piece to {@code onText} on the calling thread as it comes. Blocks until the reply is complete, the deadline
     * passes, or it is cancelled (then it stops the remote call and returns what was written, with {@link ChatReply.Finish#CANCELLED}).
     *
     * @throws dev.lectern.shared.LecternException {@code MODEL_UNAVAILABLE} (worth another try), {@code MODEL_FAILED} (not worth one), {@code DEADLINE_EXCEEDED}
     */
    ChatReply write(ChatRequest request, Consumer<String> onText, Cancellation cancellation, Deadline deadline);

    @Override
    void close();
}
