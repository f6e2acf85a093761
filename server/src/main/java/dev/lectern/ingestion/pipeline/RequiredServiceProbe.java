package dev.lectern.ingestion.pipeline;

import dev.lectern.ingestion.RequiredService;
import dev.lectern.models.Embedder;
import dev.lectern.models.ModelCallException;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.observability.spi.HealthCheck.Health;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Finds out whether a failure is that of a service that is away, which every document would meet, or that of the document at work. */
@Component
class RequiredServiceProbe {
    private static final Duration EMBEDDING_TIMEOUT = Duration.ofSeconds(30);

    private final Embedder embedder;
    private final ObjectProvider<HealthCheck> healthChecks;
    private final InstantSource clock;

    RequiredServiceProbe(Embedder embedder, ObjectProvider<HealthCheck> healthChecks, InstantSource clock) {
        this.embedder = embedder;
        this.healthChecks = healthChecks;
        this.clock = clock;
    }

    /** The service that a failure may be about; empty when it can only be about the document. */
    static Optional<RequiredService> findSuspect(RuntimeException failure) {
        return switch (failure) {
            case LecternException known -> findSuspect(known.code());
            case DataAccessException database -> Optional.of(RequiredService.DATABASE);
            default -> Optional.empty();
        };
    }

    private static Optional<RequiredService> findSuspect(ErrorCode code) {
        return switch (code) {
            case MODEL_UNAVAILABLE, MODEL_FAILED, OVERLOADED, TOO_MANY_REQUESTS, DEADLINE_EXCEEDED ->
                Optional.of(RequiredService.EMBEDDER);
            case INDEX_UNAVAILABLE -> Optional.of(RequiredService.INDEX);
            case ORIGINALS_UNAVAILABLE -> Optional.of(RequiredService.ORIGINALS);
            case DATABASE_UNAVAILABLE -> Optional.of(RequiredService.DATABASE);
            default -> Optional.empty();
        };
    }

    /** Whether the failure itself says that the service refuses every call for now, so that no probe is needed. */
    static boolean isRefusalOfAll(RuntimeException failure) {
        return failure instanceof LecternException known
                && (known.code() == ErrorCode.OVERLOADED
                        || known.code() == ErrorCode.TOO_MANY_REQUESTS
                        || isRateLimit(known)
                        || (known.code() == ErrorCode.MODEL_UNAVAILABLE
                                && known.retryAfter().isPresent()));
    }

    private static boolean isRateLimit(LecternException failure) {
        return failure instanceof ModelCallException call && call.reason() == ModelCallException.Reason.RATE_LIMITED;
    }

    /** Uses the service once. Returns why it cannot be used; empty when it works. */
    Optional<LecternException> check(RequiredService service) {
        return switch (service) {
            case EMBEDDER -> checkEmbedder();
            case INDEX -> checkHealth(service, ErrorCode.INDEX_UNAVAILABLE);
            case ORIGINALS -> checkHealth(service, ErrorCode.ORIGINALS_UNAVAILABLE);
            case DATABASE -> checkHealth(service, ErrorCode.DATABASE_UNAVAILABLE);
        };
    }

    /** The text differs each time, so that no cache answers for the model. */
    private Optional<LecternException> checkEmbedder() {
        try {
            Embedder model = embedder.resolve();
            List<float[]> vectors = model.embedPassages(
                    List.of("Availability check " + clock.millis()),
                    ModelCallContext.probe(),
                    Deadline.in(EMBEDDING_TIMEOUT, clock));
            EmbeddingValidator.validate(model.fingerprint(), 1, vectors);
            return Optional.empty();
        } catch (LecternException e) {
            return e.code() == ErrorCode.SHUTTING_DOWN ? Optional.empty() : Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new LecternException(
                    ErrorCode.MODEL_FAILED,
                    "The embedding model failed for an unknown reason. The server's log has the details.",
                    e));
        }
    }

    private Optional<LecternException> checkHealth(RequiredService service, ErrorCode code) {
        return healthChecks.stream()
                .filter(check -> check.name().equals(service.text()))
                .map(HealthCheck::check)
                .filter(health -> health.state() == State.DOWN)
                .findFirst()
                .map(Health::sentence)
                .map(sentence -> new LecternException(code, sentence));
    }
}
