package dev.lectern.observability.spi;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids of the request, turn or job that a thread works for. Every log line of the thread carries them. A thread that is started through
 * {@link TaskThreads} takes over the context of its starter. Immutable.
 */
public final class LogContext {
    /** The context of work that belongs to no request, turn or job. */
    public static final LogContext EMPTY = new LogContext(Map.of());

    /** Values beyond this number are left out of a joined value, so that a log line of a large batch stays readable. */
    private static final int MAX_JOINED = 20;

    private final Map<String, String> values;

    private LogContext(Map<String, String> values) {
        this.values = values;
    }

    /** An id that log lines carry. */
    public enum Field {
        /** The request, as in the header {@code X-Request-Id}. */
        REQUEST("requestId"),
        /** The trace of the request (W3C Trace Context): 32 hexadecimal digits. */
        TRACE("traceId"),
        /** Who called, as {@code Caller.id()}. */
        CALLER("callerId"),
        /** The IP address of the client of the request. */
        CLIENT("clientAddress"),
        CONVERSATION("conversationId"),
        /** The turn, known by the id of its answer. */
        ANSWER("answerId"),
        /** The job, or the jobs of a batch, separated by commas. */
        JOB("jobId"),
        /** The document, or the documents of a batch, separated by commas. */
        DOCUMENT("documentId");

        private final String field;

        Field(String field) {
            this.field = field;
        }

        /** The name of the field in the log. */
        public String field() {
            return field;
        }
    }

    /** The context of the current thread. */
    public static LogContext current() {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        return mdc == null || mdc.isEmpty() ? EMPTY : new LogContext(mdc);
    }

    /** The value of the current thread. */
    public static Optional<String> find(Field field) {
        return Optional.ofNullable(MDC.get(field.field));
    }

    /** Adds a value to the context of the current thread, until the enclosing {@link Scope} is closed. */
    public static void put(Field field, String value) {
        MDC.put(field.field, value);
    }

    /** This context with another value. */
    public LogContext with(Field field, String value) {
        Map<String, String> all = new HashMap<>(values);
        all.put(field.field, value);
        return new LogContext(all);
    }

    /** This context with the distinct values of a batch, separated by commas; of more than 20, the first 20 and an ellipsis. */
    public LogContext with(Field field, Collection<String> batch) {
        String joined = batch.stream().distinct().limit(MAX_JOINED).collect(Collectors.joining(","));
        return with(field, batch.stream().distinct().count() > MAX_JOINED ? joined + ",…" : joined);
    }

    /** Makes this the context of the current thread. Closing the result, by the same thread, restores the previous context. */
    public Scope open() {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.setContextMap(values);
        return () -> restore(before);
    }

    /** A task that runs in this context, on whatever thread. */
    public Runnable wrap(Runnable task) {
        return () -> {
            try (Scope _ = open()) {
                task.run();
            }
        };
    }

    /** A task that runs in this context, on whatever thread. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        return () -> {
            try (Scope _ = open()) {
                return task.call();
            }
        };
    }

    private static void restore(@Nullable Map<String, String> before) {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** The time for which a context applies to a thread. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
