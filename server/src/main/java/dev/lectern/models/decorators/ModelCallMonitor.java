package dev.lectern.models.decorators;

import dev.lectern.models.ChatReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.observability.spi.CircuitOpenException;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators how the calls of one remote model end: a counter by outcome, one warning for a failure with a summary of its repetitions, and a part of
 * {@code /health}, which recovers with the next successful call. Thread-safe.
 */
final class ModelCallMonitor implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(ModelCallMonitor.class);
    /** A call that had less time than this says nothing about the service. The circuit breaker has the same rule. */
    private static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

    private final ModelKind kind;
    private final String model;
    private final Duration interval;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final ModelNotices notices;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastWarnings = new HashMap<>();
    private volatile @Nullable Failing failing;
    private long unreported;
    private boolean warned;

    /**
     * The model has failed since its last successful call.
     *
     * @param message for operators
     * @param calls that failed or were rejected since then
     */
    private record Failing(Instant since, String message, long calls) {}

    /** @param interval between two warnings about failures of the same outcome */
    ModelCallMonitor(ModelKind kind, String model, Duration interval, InstantSource clock, MeterRegistry meters) {
        this.kind = kind;
        this.model = model;
        this.interval = interval;
        this.clock = clock;
        this.meters = meters;
        this.notices = new ModelNotices(kind, model, clock);
        count("success", 0);
    }

    /** A call of a chat model returned. */
    void recordReply(ChatReply reply) {
        notices.recordReply(reply.answeringModel());
        recordReply(reply.finish());
    }

    /** A call returned. A cancelled call says nothing about the model. */
    void recordReply(ChatReply.Finish finish) {
        switch (finish) {
            case COMPLETE -> recordSuccess("success");
            case CANCELLED -> count("cancelled", 1);
            case LENGTH, FILTERED, OTHER -> recordSuccess(finish.name().toLowerCase(Locale.ROOT));
        }
    }

    void recordSuccess() {
        recordSuccess("success");
    }

    private void recordSuccess(String outcome) {
        count(outcome, 1);
        if (failing != null) {
            recover();
        }
    }

    /** @param begun when the call began */
    void recordFailure(RuntimeException failure, Instant begun) {
        String outcome = outcomeOf(failure);
        count(outcome, 1);
        if (!isInconclusive(failure, begun)) {
            fail(outcome, failure);
        }
    }

    private boolean isInconclusive(RuntimeException failure, Instant begun) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        return failure instanceof LecternException known
                && (known.code() == ErrorCode.SHUTTING_DOWN
                        || (known.code() == ErrorCode.DEADLINE_EXCEEDED
                                && Duration.between(begun, clock.instant()).compareTo(MIN_CALL_TIME) < 0));
    }

    private synchronized void fail(String outcome, RuntimeException failure) {
        Instant now = clock.instant();
        Failing before = failing;
        String message =
                before != null && failure instanceof CircuitOpenException ? before.message() : operatorMessage(failure);
        failing = new Failing(before == null ? now : before.since(), message, before == null ? 1 : before.calls() + 1);
        if (failure instanceof CircuitOpenException) {
            unreported++;
            return;
        }
        Instant last = lastWarnings.get(outcome);
        if (last != null && now.isBefore(last.plus(interval))) {
            unreported++;
            return;
        }
        lastWarnings.put(outcome, now);
        warn(message, failure);
        unreported = 0;
        warned = true;
    }

    private void warn(String message, RuntimeException failure) {
        String repeated = unreported == 0 ? "" : " " + unreported + " more calls failed since the last report.";
        if (failure instanceof LecternException) {
            log.warn("{} {} failed: {}{}", kind.title(), model, message, repeated);
        } else {
            log.error("{} {} failed: {}{}", kind.title(), model, message, repeated, failure);
        }
    }

    private synchronized void recover() {
        Failing before = failing;
        if (before == null) {
            return;
        }
        failing = null;
        if (warned) {
            log.info(
                    "{} {} works again. {} calls failed since {}.",
                    kind.title(),
                    model,
                    before.calls(),
                    before.since().truncatedTo(ChronoUnit.SECONDS));
            warned = false;
            unreported = 0;
        }
    }

    @Override
    public String name() {
        return kind.healthPart() + ":" + model;
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        Failing now = failing;
        if (now == null) {
            Optional<String> ending = notices.ending();
            if (ending.isPresent()) {
                return Health.warning(ending.get());
            }
            boolean called = counters.values().stream().anyMatch(counter -> counter.count() > 0);
            return Health.up(called ? "The last call succeeded." : "Not called since the start of the server.");
        }
        Instant since = now.since().truncatedTo(ChronoUnit.SECONDS);
        return new Health(
                State.WARNING,
                now.message() + " Failing since " + since + ".",
                Map.of("since", since.toString(), "failedCalls", now.calls()));
    }

    private void count(String outcome, int calls) {
        counters.computeIfAbsent(outcome, this::counter).increment(calls);
    }

    private Counter counter(String outcome) {
        return Counter.builder("lectern.model.calls")
                .description("Calls of remote models by their outcome")
                .tag("model", model)
                .tag("kind", kind.label())
                .tag("outcome", outcome)
                .register(meters);
    }

    private static String outcomeOf(RuntimeException failure) {
        return switch (failure) {
            case CircuitOpenException _ -> "circuit_open";
            case ModelCallException call -> call.reason().label();
            case LecternException known when known.code() == ErrorCode.DEADLINE_EXCEEDED -> "deadline";
            case LecternException known -> known.code().name().toLowerCase(Locale.ROOT);
            default -> "error";
        };
    }

    private static String operatorMessage(RuntimeException failure) {
        return switch (failure) {
            case LecternException known
            when known.code() == ErrorCode.OVERLOADED ->
                "All concurrent calls of the model are in use. Raise LECTERN_MODELS_CONCURRENT_CALLS if the service allows more.";
            case LecternException known -> String.valueOf(known.getMessage());
            default -> "Unexpected error. See the log for the cause.";
        };
    }
}
