package dev.lectern.retrieval;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How questions are searched for.
 *
 * @param rewriteTimeout how long a chat model may take to make a follow-up question self-contained, with a unit such as 4s; after it the rule does it
 * @param searchTimeout how long one search through the API may take, with a unit such as 10s
 */
@ConfigurationProperties("lectern.retrieval")
public record RetrievalProperties(
        @DefaultValue("4s") Duration rewriteTimeout,
        @DefaultValue("10s") Duration searchTimeout) {}
