package dev.lectern.conversations;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.conversations.ExpiredConversationRepository.Candidate;
import dev.lectern.security.CallerLookup;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes conversations after their retention, with their messages and feedback, the oldest first and in small transactions, so that no other write waits long.
 * One node deletes at a time, at most every {@link #PAUSE}.
 */
@Component
class ConversationCleaner {
    static final Duration PAUSE = Duration.ofHours(1);
    static final int BATCH = 100;
    /** Of one run; those beyond wait for the next one. */
    static final int MAX_DELETED = 50_000;

    private static final Logger log = LoggerFactory.getLogger(ConversationCleaner.class);
    private static final Duration BATCH_PAUSE = Duration.ofMillis(20);
    private static final int MAX_OWNERS = 10_000;

    private final ExpiredConversationRepository repository;
    private final ConversationRetention retention;
    private final CallerLookup callers;
    private final AuditLog auditLog;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final Counter expired;

    ConversationCleaner(
            ExpiredConversationRepository repository,
            ConversationRetention retention,
            CallerLookup callers,
            AuditLog auditLog,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            InstantSource clock,
            MeterRegistry meters) {
        this.repository = repository;
        this.retention = retention;
        this.callers = callers;
        this.auditLog = auditLog;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
        this.expired = Counter.builder("lectern.conversations.expired")
                .description("Conversations that were deleted after their retention")
                .register(meters);
    }

    /**
     * Deletes what has expired, if no node has begun to within {@link #PAUSE}.
     *
     * @param stopped ends the run between two batches
     * @return the number of deleted conversations
     */
    int deleteExpired(BooleanSupplier stopped) {
        RetentionPeriods periods = retention.read();
        Optional<Duration> shortest = periods.shortest();
        Instant now = clock.instant();
        if (shortest.isEmpty() || !repository.claim(now, PAUSE)) {
            return 0;
        }
        try {
            return new Run(periods, now, now.minus(shortest.get())).deleteAll(stopped);
        } finally {
            record();
        }
    }

    /** Whatever was deleted is recorded, by the next run if this one was killed. */
    private void record() {
        Long deleted = transactions.execute(status -> {
            long unrecorded = repository.takeUnrecorded();
            if (unrecorded > 0) {
                auditLog.record(AuditEntry.of(AuditAction.CONVERSATIONS_EXPIRED, SystemTask.MAINTENANCE, null)
                        .with("conversations", unrecorded));
            }
            return unrecorded;
        });
        if (deleted != null && deleted > 0) {
            log.info("Deleted {} conversations after their retention", deleted);
        }
    }

    /** One run with the periods that were in force at its start. */
    private final class Run {
        private final RetentionPeriods periods;
        private final Instant now;
        private final Instant before;
        private final Map<String, Collection<CollectionId>> readable = new HashMap<>();

        /** @param before conversations with a question since then are kept in any case */
        Run(RetentionPeriods periods, Instant now, Instant before) {
            this.periods = periods;
            this.now = now;
            this.before = before;
        }

        int deleteAll(BooleanSupplier stopped) {
            int deleted = 0;
            @Nullable Candidate last = null;
            while (deleted < MAX_DELETED && !stopped.getAsBoolean()) {
                List<Candidate> part = repository.findBefore(before, last, BATCH);
                deleted += delete(part.stream().filter(this::isExpired).toList());
                if (part.size() < BATCH) {
                    break;
                }
                last = part.getLast();
                LockSupport.parkNanos(this, BATCH_PAUSE.toNanos());
            }
            return deleted;
        }

        private boolean isExpired(Candidate candidate) {
            return periods.shortestOf(
                            candidate.collections().isEmpty()
                                    ? readableBy(candidate.owner())
                                    : candidate.collections())
                    .filter(period -> candidate.updatedAt().isBefore(now.minus(period)))
                    .isPresent();
        }

        private Collection<CollectionId> readableBy(String owner) {
            if (readable.size() >= MAX_OWNERS) {
                readable.clear();
            }
            return readable.computeIfAbsent(owner, id -> retention.readableBy(callers.find(id)));
        }

        private int delete(List<Candidate> found) {
            if (found.isEmpty()) {
                return 0;
            }
            List<ConversationId> deleted = Objects.requireNonNull(transactions.execute(status -> {
                List<ConversationId> ids = new ArrayList<>();
                found.stream().filter(repository::delete).forEach(one -> ids.add(one.id()));
                repository.addUnrecorded(ids.size());
                return ids;
            }));
            expired.increment(deleted.size());
            deleted.forEach(id -> events.publishEvent(new ConversationDeletedEvent(id)));
            return deleted.size();
        }
    }
}
