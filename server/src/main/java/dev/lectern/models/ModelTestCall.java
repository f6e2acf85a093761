package dev.lectern.models;

import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.util.List;

/** One cheap call that shows whether a model can be used. */
public final class ModelTestCall {
    /** What an embedding model is asked to embed. */
    public static final List<String> QUESTIONS = List.of("OK?");

    /** A model that thinks needs some hundred for the thoughts before one word. */
    private static final int MAX_OUTPUT_TOKENS = 1024;

    private ModelTestCall() {}

    /**
     * Has a chat model write a word.
     *
     * @return the end of a sentence about the model, such as {@code replied (12 tokens read, 1 written)}
     * @throws dev.lectern.shared.LecternException as {@link ChatModel#write}
     */
    public static String chat(ChatModel model, Deadline deadline) {
        ChatRequest request = new ChatRequest(
                ModelCallContext.probe(),
                "Reply with the word OK.",
                List.of(new Message(Role.READER, "OK?")),
                MAX_OUTPUT_TOKENS);
        ChatReply reply = model.write(request, _ -> {}, new Cancellation(), deadline);
        return "replied (" + reply.inputTokens() + " tokens read, " + reply.outputTokens() + " written)";
    }

    /** The end of a sentence about an embedding model that returned {@code vector}. */
    public static String describe(float[] vector) {
        return "returned an embedding with " + vector.length + " dimensions";
    }
}
