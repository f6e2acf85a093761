package dev.lectern.conversations;

import dev.lectern.shared.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * An answer of an older version, which stored its outcome in its JSON alone.
 *
 * @param json the whole answer; null when its server stopped while it was written
 */
public record AnswerWithoutOutcome(
        MessageId answer, Message.Status status, @Nullable String json) {}
