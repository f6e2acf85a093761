package dev.lectern.retrieval;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How questions are searched for.
 *
 * @param rewriteTimeout Maximum time for a chat model to rewrite a follow-up question, as 4s, 1ms to 1h. After it the question is rewritten by a
 *     rule without a model.
 * @param searchTimeout Maximum time for one search request of the API, as 10s, 1ms to 1h. A longer search fails with 504.
 */
@ConfigurationProperties("lectern.retrieval")
public record RetrievalProperties(
        @DefaultValue("4s") Duration rewriteTimeout,
        @DefaultValue("10s") Duration searchTimeout) {
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    public RetrievalProperties {
        SettingValidator.of("lectern.retrieval")
                .requireBetween("rewrite-timeout", rewriteTimeout, Duration.ofMillis(1), MAX_TIMEOUT)
                .requireBetween("search-timeout", searchTimeout, Duration.ofMillis(1), MAX_TIMEOUT);
    }
}
