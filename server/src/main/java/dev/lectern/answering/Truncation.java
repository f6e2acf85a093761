package dev.lectern.answering;

import java.util.Locale;

/** Why the text of an answer is cut off. The {@link #code()} is part of the API. */
public enum Truncation {
    /** The model reached the maximum number of output tokens. */
    LENGTH,
    /** The content filter of the service withheld the rest. */
    FILTER,
    /** The text reached the maximum length of an answer in characters. */
    TOO_LONG,
    /** The time for an answer was over before the model had finished, or the model paused for too long. */
    DEADLINE,
    /** The service ended the text for a reason that it does not explain. */
    OTHER;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
