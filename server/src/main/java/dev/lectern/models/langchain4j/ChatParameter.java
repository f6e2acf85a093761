package dev.lectern.models.langchain4j;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parameter of a request that not every model supports. */
enum ChatParameter {
    TEMPERATURE,
    MAX_TOKENS,
    MAX_COMPLETION_TOKENS,
    THINKING;

    /** @param wireName as a service names it in a refusal, such as {@code reasoning_effort} or {@code thinkingLevel} */
    static Optional<ChatParameter> of(@Nullable String wireName) {
        String name = wireName == null ? "" : wireName.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (name.contains("temperature")) {
            return Optional.of(TEMPERATURE);
        }
        if (name.contains("reasoning") || name.contains("thinking") || name.equals("think")) {
            return Optional.of(THINKING);
        }
        if (name.contains("maxcompletiontokens")) {
            return Optional.of(MAX_COMPLETION_TOKENS);
        }
        return name.contains("maxtokens") || name.contains("maxoutputtokens") ? Optional.of(MAX_TOKENS) : Optional.empty();
    }
}
