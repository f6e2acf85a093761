package dev.lectern.ingestion.jobs;

import dev.lectern.ingestion.DocumentProcessed;
import dev.lectern.ingestion.JobCompleted;
import dev.lectern.observability.spi.LogContext;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.observability.spi.LogContext.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes one log line and publishes one application event for each document and each job that has ended, once the transaction is committed. Thread-safe. */
@Component
public final class CompletionPublisher {
    private static final Logger log = LoggerFactory.getLogger(CompletionPublisher.class);

    private final ApplicationEventPublisher events;

    CompletionPublisher(ApplicationEventPublisher events) {
        this.events = events;
    }

    public void publish(DocumentProcessed processed) {
        afterCommit(() -> processed, this::publishNow);
    }

    /**
     * Publishes the end of a job.
     *
     * @param quiet whether nobody asked for the job and it has done nothing, so that its line is written at the level debug
     * @param completed called at the end of the transaction, in it
     */
    void publish(Supplier<JobCompleted> completed, boolean quiet) {
        afterCommit(
                completed, ended -> publishNow(ended, quiet && ended.done() + ended.failed() + ended.cancelled() == 0));
    }

    private void publishNow(DocumentProcessed processed) {
        try (Scope _ = LogContext.current()
                .with(Field.JOB, processed.job().value())
                .with(Field.DOCUMENT, processed.document().value())
                .open()) {
            log.info(
                    "Document processed: status={}{} passages={} attempts={}{}",
                    lower(processed.status()),
                    processed.code() == null ? "" : " reason=" + processed.code(),
                    processed.passages(),
                    processed.attempts(),
                    sentence(processed.reason()));
            events.publishEvent(processed);
        } catch (RuntimeException e) {
            log.error("A listener of the end of document {} failed", processed.document(), e);
        }
    }

    private void publishNow(JobCompleted completed, boolean quiet) {
        LogContext job = contextOfRequest().with(Field.JOB, completed.job().value());
        try (Scope _ = (completed.callerId() == null ? job : job.with(Field.CALLER, completed.callerId())).open()) {
            log.atLevel(quiet ? Level.DEBUG : Level.INFO)
                    .log(
                            "Job completed: status={}{} collection={}{} done={} failed={} cancelled={} passages={} totalMillis={}{}",
                            completed.status().text(),
                            completed.reasonCode() == null ? "" : " reason=" + completed.reasonCode(),
                            completed.collection(),
                            completed.source() == null ? "" : " source=" + completed.source(),
                            completed.done(),
                            completed.failed(),
                            completed.cancelled(),
                            completed.passages(),
                            completed.age().toMillis(),
                            sentence(completed.reason()));
            events.publishEvent(completed);
        } catch (RuntimeException e) {
            log.error("A listener of the end of job {} failed", completed.job(), e);
        }
    }

    /** That of a request whose job ends at once; without the other jobs and documents that a worker has at the moment. */
    private static LogContext contextOfRequest() {
        LogContext context = LogContext.EMPTY;
        for (Field field : List.of(Field.REQUEST, Field.TRACE)) {
            Optional<String> value = LogContext.find(field);
            context = value.isPresent() ? context.with(field, value.get()) : context;
        }
        return context;
    }

    private static String sentence(@Nullable String reason) {
        return reason == null ? "" : ". " + reason;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Reads at the end of the transaction, when all of its changes are made, and passes on once they are durable. */
    private static <T> void afterCommit(Supplier<T> read, Consumer<T> publish) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            publish.accept(read.get());
            return;
        }
        AtomicReference<@Nullable T> event = new AtomicReference<>();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                event.set(read.get());
            }

            @Override
            public void afterCommit() {
                T completed = event.get();
                if (completed != null) {
                    publish.accept(completed);
                }
            }
        });
    }
}
