package dev.lectern.models.decorators;

import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.QuotaLimit;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts passages of several documents into one call of a service, up to its limits of texts and tokens, and keeps the calls within its quota. Whoever waits for
 * passages makes the calls, so there is no thread of its own. Questions are sent at once. A call that the service rejects is repeated for each document alone, so
 * that a text of one document fails no other. Thread-safe.
 */
final class SharedCallModel implements EmbeddingModel {
    /** Calls at a time. Further texts wait, and so fill the next call. */
    private static final int CALLS_AT_ONCE = 4;

    private final EmbeddingModel model;
    private final CallPacer pacer;
    private final Pause pause;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Deque<Text> waiting = new ArrayDeque<>();
    private int running;

    interface Pause {
        void until(Instant time) throws InterruptedException;
    }

    /** One text of a request. */
    private record Text(Request request, int index, String text, int tokens) {}

    /** The passages of one caller. All fields are guarded by the lock. */
    private static final class Request {
        private final Deadline deadline;
        private final float[][] vectors;
        private int open;
        private double tokens;
        private boolean estimated;
        private @Nullable RuntimeException failure;

        Request(int texts, Deadline deadline) {
            this.deadline = deadline;
            this.vectors = new float[texts][];
            this.open = texts;
        }

        boolean isDone() {
            return open == 0 || failure != null;
        }
    }

    SharedCallModel(EmbeddingModel model, CallPacer pacer, Pause pause, InstantSource clock) {
        this.model = model;
        this.pacer = pacer;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public EmbeddingReply embedQuestions(List<String> questions, Deadline deadline) {
        pacer.record(questions.stream().mapToLong(model::countTokens).sum());
        return model.embedQuestions(questions, deadline);
    }

    @Override
    public EmbeddingReply embedPassages(List<String> passages, Deadline deadline) {
        Request request = new Request(passages.size(), deadline);
        lock.lock();
        try {
            for (int i = 0; i < passages.size(); i++) {
                String text = passages.get(i);
                waiting.addLast(new Text(request, i, text, model.countTokens(text)));
            }
            while (!request.isDone()) {
                if (running < CALLS_AT_ONCE && !waiting.isEmpty()) {
                    makeCall(request);
                } else {
                    await(request);
                }
            }
            if (request.failure != null) {
                throw request.failure;
            }
            return new EmbeddingReply(List.of(request.vectors), Math.round(request.tokens), request.estimated);
        } finally {
            waiting.removeIf(text -> text.request() == request);
            changed.signalAll();
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The caller loops.
    private void await(Request request) {
        Duration left = request.deadline.remaining(clock);
        try {
            if (!left.isPositive() || !changed.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
                if (!request.isDone() && !request.deadline.remaining(clock).isPositive()) {
                    request.failure = new LecternException(
                            ErrorCode.DEADLINE_EXCEEDED, "The embedding model did not respond before the deadline.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.failure =
                    new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Retry the job.", e);
        }
    }

    /** Sends the texts that wait longest, with the lock held before and after, and not meanwhile. */
    private void makeCall(Request own) {
        running++;
        try {
            Optional<Instant> next = pacer.tryAcquire(tokensOfNext());
            while (next.isPresent()) {
                if (own.isDone()) {
                    return;
                }
                Duration wait = Duration.between(clock.instant(), next.get());
                if (wait.compareTo(own.deadline.remaining(clock)) >= 0) {
                    own.failure = tooSoon(next.get());
                    return;
                }
                unlocked(waitUntil(next.get()));
                next = waiting.isEmpty() ? Optional.empty() : pacer.tryAcquire(tokensOfNext());
            }
            List<Text> texts = takeNext();
            if (!texts.isEmpty()) {
                send(texts, own);
            }
        } finally {
            running--;
            changed.signalAll();
        }
    }

    private Runnable waitUntil(Instant time) {
        return () -> {
            try {
                pause.until(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LecternException(ErrorCode.SHUTTING_DOWN, "Embedding was interrupted. Retry the job.", e);
            }
        };
    }

    /** The queue is paused for this time, since a document would wait longer than it may. */
    private ModelCallException tooSoon(Instant next) {
        QuotaLimit quota = new QuotaLimit(QuotaLimit.Kind.REQUESTS, next);
        return new ModelCallException(
                Reason.RATE_LIMITED,
                "The quota of the embedding model in a minute is used up, until "
                        + next.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS) + ".",
                "Raise the quota of the service.",
                quota.waitFrom(clock.instant()).orElse(null),
                quota,
                null);
    }

    private long tokensOfNext() {
        return next().stream().mapToLong(Text::tokens).sum();
    }

    private List<Text> takeNext() {
        List<Text> next = next();
        for (int i = 0; i < next.size(); i++) {
            waiting.removeFirst();
        }
        return next;
    }

    /** At least one text, if any waits. */
    private List<Text> next() {
        List<Text> next = new ArrayList<>();
        long tokens = 0;
        for (Text text : waiting) {
            tokens += text.tokens();
            if (!next.isEmpty() && (next.size() >= model.maxTexts() || tokens > model.maxCallTokens())) {
                break;
            }
            next.add(text);
        }
        return next;
    }

    private void send(List<Text> texts, Request own) {
        try {
            complete(texts, call(texts));
        } catch (RuntimeException failure) {
            learn(failure);
            if (Thread.currentThread().isInterrupted()) {
                // Only this document is stopped. The texts of the others go into the next call.
                own.failure = failure;
                texts.reversed().stream().filter(text -> text.request() != own).forEach(waiting::addFirst);
                return;
            }
            List<Request> requests =
                    texts.stream().map(Text::request).distinct().toList();
            if (requests.size() == 1 || !isAboutTexts(failure)) {
                requests.forEach(request -> request.failure = failure);
                return;
            }
            for (Request request : requests) {
                List<Text> alone =
                        texts.stream().filter(text -> text.request() == request).toList();
                try {
                    complete(alone, call(alone));
                } catch (RuntimeException its) {
                    request.failure = its;
                }
            }
        }
    }

    /** Until the last of the callers gives up. */
    private EmbeddingReply call(List<Text> texts) {
        Deadline latest = texts.stream()
                .map(text -> text.request().deadline)
                .max((one, other) -> one.remaining(clock).compareTo(other.remaining(clock)))
                .orElseThrow();
        EmbeddingReply[] reply = new EmbeddingReply[1];
        unlocked(() ->
                reply[0] = model.embedPassages(texts.stream().map(Text::text).toList(), latest));
        return reply[0];
    }

    private void complete(List<Text> texts, EmbeddingReply reply) {
        double weight = texts.stream().mapToInt(Text::tokens).sum();
        for (int i = 0; i < texts.size(); i++) {
            Text text = texts.get(i);
            Request request = text.request();
            request.vectors[text.index()] = reply.vectors().get(i);
            // The service counts the tokens of the whole call.
            request.tokens +=
                    weight == 0 ? (double) reply.tokens() / texts.size() : reply.tokens() * (text.tokens() / weight);
            request.estimated |= reply.estimated() || texts.stream().anyMatch(other -> other.request() != request);
            request.open--;
        }
    }

    private void learn(RuntimeException failure) {
        if (failure instanceof ModelCallException call) {
            call.quota().filter(quota -> quota.perMinute() > 0).ifPresent(quota -> {
                if (quota.kind() == QuotaLimit.Kind.REQUESTS) {
                    pacer.learnCalls(quota.perMinute());
                } else if (quota.kind() == QuotaLimit.Kind.TOKENS) {
                    pacer.learnTokens(quota.perMinute());
                }
            });
        }
    }

    private static boolean isAboutTexts(RuntimeException failure) {
        return failure instanceof ModelCallException call
                && (call.reason() == Reason.REQUEST_REJECTED
                        || call.reason() == Reason.CONTEXT_EXCEEDED
                        || call.reason() == Reason.INVALID_RESPONSE);
    }

    private void unlocked(Runnable action) {
        lock.unlock();
        try {
            action.run();
        } finally {
            lock.lock();
        }
    }

    @Override
    public EmbedderFingerprint fingerprint() {
        return model.fingerprint();
    }

    @Override
    public Set<String> languages() {
        return model.languages();
    }

    @Override
    public int maxTokens() {
        return model.maxTokens();
    }

    @Override
    public int countTokens(String text) {
        return model.countTokens(text);
    }

    @Override
    public int maxTexts() {
        return model.maxTexts();
    }

    @Override
    public int maxCallTokens() {
        return model.maxCallTokens();
    }

    @Override
    public boolean isRemote() {
        return model.isRemote();
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public String toString() {
        return model.toString();
    }
}
