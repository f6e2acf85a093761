package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.shared.ErrorCode;
import dev.lectern.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the writing of an answer ended. */
public sealed interface Written {

    /** The model that wrote, or was to write. */
    String model();

    /**
     * A passage under a number of the text, with the span that supports it.
     *
     * @param span of the passage's text
     */
    record Cited(int number, NumberedPassage passage, Span span) {}

    /**
     * A text.
     *
     * @param text all that was handed out, in one piece
     * @param cited one for each number in it, in the order of their first appearance
     * @param asConfigured whether the model that is configured wrote it to its end; not when it was cut or another one stepped in
     */
    record Text(String text, List<Cited> cited, String model, TokenUsage usage, boolean asConfigured)
            implements Written {
        public Text {
            cited = List.copyOf(cited);
        }
    }

    /** The passages do not answer; nothing was handed out. */
    record NotAnswered(String model, TokenUsage usage) implements Written {}

    /**
     * It ended too early.
     *
     * @param text what was handed out until then, may be empty
     * @param code null when it was cancelled
     * @param detail for a person, null when it was cancelled
     */
    record Broken(
            String text,
            List<Cited> cited,
            String model,
            TokenUsage usage,
            @Nullable ErrorCode code,
            @Nullable String detail)
            implements Written {
        public Broken {
            cited = List.copyOf(cited);
        }
    }
}
