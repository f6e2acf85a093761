package dev.lectern.retrieval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How questions are searched for.
 *
 * @param rewriteTimeout Maximum time for a chat model to rewrite a follow-up question, as 4s. After it the question is rewritten by a
 *     rule without a model.
 * @param searchTimeout Maximum time for one search request of the API, as 10s. A longer search fails with 504.
 */
@ConfigurationProperties("lectern.retrieval")
public record RetrievalProperties(
        @DefaultValue("4s") Duration rewriteTimeout,
        @DefaultValue("10s") Duration searchTimeout) {}
