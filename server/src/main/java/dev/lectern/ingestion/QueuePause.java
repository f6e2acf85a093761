package dev.lectern.ingestion;

import java.time.Instant;

/**
 * The work on documents waits because a service that it needs is away. It goes on by itself when the service is back.
 *
 * @param code of the failure, in lower case, such as {@code model_unavailable}
 * @param reason for operators: what is wrong and what to do
 * @param since when the first failure was noticed
 */
public record QueuePause(RequiredService service, String code, String reason, Instant since) {}
