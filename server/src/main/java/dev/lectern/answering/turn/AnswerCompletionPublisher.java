package dev.lectern.answering.turn;

import dev.lectern.answering.AnswerCompleted;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.observability.spi.LogContext.Scope;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes one log line and publishes one application event for each turn that is over. Thread-safe. */
@Component
public final class AnswerCompletionPublisher {
    private static final Logger log = LoggerFactory.getLogger(AnswerCompletionPublisher.class);

    private final ApplicationEventPublisher events;

    AnswerCompletionPublisher(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** Called once for each turn. A listener that fails does not affect the turn. */
    public void publish(AnswerCompleted completed) {
        try (Scope _ = contextOf(completed).open()) {
            log.info("Answer completed: {}", describe(completed));
            events.publishEvent(completed);
        } catch (RuntimeException e) {
            log.error("A listener of the end of answer {} failed", completed.answer(), e);
        }
    }

    private static LogContext contextOf(AnswerCompleted completed) {
        LogContext context =
                LogContext.current().with(Field.ANSWER, completed.answer().value());
        if (completed.conversation() != null) {
            context = context.with(Field.CONVERSATION, completed.conversation().value());
        }
        return completed.callerId() == null ? context : context.with(Field.CALLER, completed.callerId());
    }

    private static String describe(AnswerCompleted completed) {
        StringJoiner line = new StringJoiner(" ");
        add(line, "status", completed.status().name().toLowerCase(Locale.ROOT));
        add(line, "reason", completed.reason());
        add(line, "model", completed.model());
        if (completed.fallback() != null) {
            add(line, "fallbackFrom", completed.fallback().from());
            add(line, "fallbackReason", completed.fallback().reason());
        }
        add(
                line,
                "truncated",
                completed.truncated() == null ? null : completed.truncated().code());
        add(line, "cached", completed.cached());
        add(line, "inputTokens", completed.usage().inputTokens());
        add(line, "outputTokens", completed.usage().outputTokens());
        AnswerTimings timings = completed.timings();
        if (timings != null) {
            add(line, "totalMillis", timings.total());
            add(line, "retrieveMillis", timings.retrieve());
            add(line, "firstTextMillis", timings.firstText());
            add(line, "generateMillis", timings.generate());
        }
        return line.toString();
    }

    private static void add(StringJoiner line, String name, @Nullable Object value) {
        if (value != null) {
            line.add(name + "=" + value);
        }
    }
}
