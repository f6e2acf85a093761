package dev.lectern.ingestion;

import dev.lectern.library.DocumentStatus;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.PendingDocument;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Works through the tasks, several documents at once, each on a thread of its own. */
@Component
class Workshop {
    private static final Logger log = LoggerFactory.getLogger(Workshop.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final TaskQueue tasks;
    private final DocumentStatusRepository documents;
    private final Making making;
    private final Showing showing;
    private final Settling settling;
    private final RecipeSource recipes;
    private final ExecutorService executor;
    private final TransactionTemplate transactions;
    private final Semaphore places;
    private final Semaphore news = new Semaphore(0);
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean stopped;
    private final Map<Task, Cancellation> running = new ConcurrentHashMap<>();

    Workshop(
            TaskQueue tasks,
            DocumentStatusRepository documents,
            Making making,
            Showing showing,
            Settling settling,
            RecipeSource recipes,
            ExecutorService applicationExecutor,
            TransactionTemplate transactions,
            IngestionProperties properties) {
        this.tasks = tasks;
        this.documents = documents;
        this.making = making;
        this.showing = showing;
        this.settling = settling;
        this.recipes = recipes;
        this.executor = applicationExecutor;
        this.transactions = transactions;
        this.places = new Semaphore(properties.documentsAtOnce());
    }

    /** There are new tasks. */
    void wake() {
        news.release();
    }

    /** Stops what is being made for a job. */
    void cancel(JobId job) {
        running.forEach((task, cancellation) -> {
            if (task.job().equals(job)) {
                cancellation.cancel();
            }
        });
    }

    /** Works until it is stopped. */
    void run() {
        executor.execute(() -> showing.run(() -> atWork.get() > 0, () -> stopped));
        Persistent.run("Working through documents", () -> stopped, this::turn);
    }

    private void turn() throws InterruptedException {
        places.acquire();
        int free = 1 + places.drainPermits();
        List<Task> claimed = claim(free);
        places.release(free - claimed.size());
        claimed.forEach(this::start);
        if (claimed.size() < free) {
            await();
        }
    }

    private void await() throws InterruptedException {
        Duration next = tasks.nextIn().orElse(LOOK_AGAIN);
        long millis = Math.clamp(next.toMillis(), 50, LOOK_AGAIN.toMillis());
        if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }

    private List<Task> claim(int most) {
        try {
            List<Task> all = transactions.execute(status -> {
                List<Task> claimed = tasks.claim(most);
                documents.setStatus(claimed.stream().map(Task::document).toList(), DocumentStatus.RUNNING);
                return claimed;
            });
            atWork.addAndGet(all.size());
            return all;
        } catch (RuntimeException e) {
            log.warn("No tasks can be claimed at the moment", e);
            return List.of();
        }
    }

    /** What is being made is given up, to be taken up again at the next start. */
    void stop() {
        stopped = true;
        wake();
        running.values().forEach(Cancellation::cancel);
    }

    private void start(Task task) {
        Cancellation cancellation = new Cancellation();
        running.put(task, cancellation);
        executor.execute(() -> start(task, cancellation));
    }

    private void start(Task task, Cancellation cancellation) {
        cancellation.onCancel(Thread.currentThread()::interrupt);
        try {
            work(task, cancellation);
        } finally {
            running.remove(task);
            atWork.decrementAndGet();
            places.release();
            wake();
        }
    }

    private void work(Task task, Cancellation cancellation) {
        String hash = null;
        try {
            PipelineVersion pipelineVersion = recipes.recipe();
            Optional<PendingDocument> pending = documents.findPending(task.document(), pipelineVersion);
            if (pending.isEmpty() || pending.get().upToDate()) {
                settling.nothing(task);
                return;
            }
            hash = pending.get().hash();
            switch (making.make(pending.get(), cancellation)) {
                case Making.Outcome.Made(var document) -> showing.put(task, document, pipelineVersion);
                case Making.Outcome.Refused(String code, String reason) ->
                    settling.refused(task, pending.get(), pipelineVersion, code, reason);
            }
        } catch (InterruptedException e) {
            settling.settle(
                    task, hash, new LecternException(ErrorCode.SHUTTING_DOWN, "The work was stopped. Try again.", e));
        } catch (RuntimeException | Error e) {
            // The interrupt that stopped the work must not keep that from being written down.
            boolean stoppedByInterrupt = Thread.interrupted();
            log.debug("Work ended early, by an interrupt: {}", stoppedByInterrupt);
            settling.settle(task, hash, Persistent.failure(e));
        }
    }
}
