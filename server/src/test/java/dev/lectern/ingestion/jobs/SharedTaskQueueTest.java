package dev.lectern.ingestion.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.JobStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several takers of the same queue, each with a name of its own, as several nodes are. */
@OnEveryDatabase
@Timeout(120)
class SharedTaskQueueTest {
    private static final int TAKERS = 6;

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;

    SharedTaskQueueTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void claim_byManyTakers_givesEachTaskOnceAndNoDocumentToTwo() throws Exception {
        List<DocumentId> documents = documents(40);
        JobId job = jobs("first").create(TestAccess.writable(CollectionId.DEFAULT), true);
        TaskRepository adding = queue("first");
        for (int round = 0; round < 3; round++) {
            adding.add(job, sizes(documents), TaskRepository.Priority.UPLOAD);
        }
        Set<String> taken = ConcurrentHashMap.newKeySet();
        Set<DocumentId> atWork = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        together(taker -> {
            TaskRepository queue = queue("node" + taker);
            JobRepository jobs = jobs("node" + taker);
            while (taken.size() < 120) {
                for (Task task : queue.claim(5)) {
                    twice.addAndGet(taken.add(task.id()) && atWork.add(task.document()) ? 0 : 1);
                    Thread.sleep(1);
                    atWork.remove(task.document());
                    database.transactions().executeWithoutResult(status -> {
                        queue.markDone(task, 1);
                        jobs.finishCompleted(List.of(task.job()));
                    });
                }
            }
            return taker;
        });
        assertThat(twice).hasValue(0);
        assertThat(taken).hasSize(120);
        assertThat(jobs("first").find(job).orElseThrow().status()).isEqualTo(JobStatus.DONE);
        assertThat(adding.count(job).done()).isEqualTo(120);
    }

    @Test
    void finish_lastTwoTasksAtOnce_endsTheJob() throws Exception {
        for (int round = 0; round < 20; round++) {
            JobId job = jobs("first").create(TestAccess.writable(CollectionId.DEFAULT), true);
            queue("first").add(job, sizes(documents(2)), TaskRepository.Priority.UPLOAD);
            List<Task> tasks = queue("first").claim(2);
            CyclicBarrier bothWritten = new CyclicBarrier(2);
            run(tasks.stream()
                    .<Callable<Boolean>>map(task -> () -> {
                        bothWritten.await();
                        database.transactions().executeWithoutResult(status -> {
                            queue("first").markDone(task, 1);
                            jobs("first").finishCompleted(List.of(job));
                        });
                        return true;
                    })
                    .toList());
            assertThat(jobs("first").find(job).orElseThrow().status()).isEqualTo(JobStatus.DONE);
        }
    }

    @Test
    void takeOver_ofADeadNode_putsItsWorkBack_andLeavesThatOfTheLiving() {
        live("alive");
        JobId job = jobs("alive").create(TestAccess.writable(CollectionId.DEFAULT), true);
        queue("alive").add(job, sizes(documents(4)), TaskRepository.Priority.UPLOAD);
        List<Task> alive = queue("alive").claim(2);
        List<Task> dead = queue("dead").claim(2);

        assertThat(queue("alive").requeueOrphaned())
                .containsExactlyInAnyOrderElementsOf(
                        dead.stream().map(Task::document).toList());
        queue("dead").markDone(dead.getFirst(), 7);
        assertThat(queue("alive").count(job).done()).isZero();
        assertThat(queue("alive").claim(10))
                .extracting(Task::id)
                .containsExactlyInAnyOrder(dead.get(0).id(), dead.get(1).id());
        assertThat(queue("alive").requeueOrphaned()).isEmpty();
        assertThat(alive).hasSize(2);
    }

    @Test
    void claimScan_byManyTakers_scansASourceOnceAtATime() throws Exception {
        List<SourceId> sources =
                IntStream.range(0, 5).mapToObj(i -> source("/srv/" + i)).toList();
        for (SourceId source : sources) {
            jobs("first").createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, false);
        }
        Set<JobId> taken = ConcurrentHashMap.newKeySet();
        Set<SourceId> beingScanned = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        together(taker -> {
            JobRepository jobs = jobs("node" + taker);
            while (done.get() < 30) {
                jobs.claimScan().ifPresent(scan -> {
                    SourceId source = Objects.requireNonNull(scan.source());
                    twice.addAndGet(taken.add(scan.id()) && beingScanned.add(source) ? 0 : 1);
                    jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, true);
                    jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, true);
                    beingScanned.remove(source);
                    jobs.markScanned(scan.id());
                    done.incrementAndGet();
                });
            }
            return taker;
        });
        assertThat(twice).hasValue(0);
        assertThat(taken).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void createScan_whileOneIsQueued_takesBackNothingThatWasAsked() {
        SourceId source = source("/srv/docs");
        JobRepository jobs = jobs("one");
        JobId queued = jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, false, true);
        assertThat(jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, true, false, false))
                .isEqualTo(queued);
        assertThat(jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, true, false))
                .isEqualTo(queued);
        assertThat(jobs.createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, false, true))
                .isEqualTo(queued);
        assertThat(jobs.claimScan()).hasValueSatisfying(scan -> {
            assertThat(scan.confirmed()).isTrue();
            assertThat(scan.compareContents()).isTrue();
            assertThat(scan.automatic()).isFalse();
        });
    }

    @Test
    void claimScan_ofASourceThatALivingNodeWatches_isLeftToThatNode() {
        live("one");
        live("two");
        SourceId source = source("/srv/docs");
        database.jdbc()
                .sql("UPDATE source SET watcher = 'one' WHERE id = ?")
                .param(source.value())
                .update();
        jobs("one").createScan(TestAccess.OPERATOR, source, CollectionId.DEFAULT, false, false);
        assertThat(jobs("two").claimScan()).isEmpty();

        die("one");
        assertThat(jobs("two").claimScan()).isPresent();
    }

    @Test
    void claim_turnsAndTime_decideTheOrder() {
        TaskRepository queue = queue("first");
        List<DocumentId> documents = documents(3);
        queue.add(newJob(), sizes(documents.subList(0, 2)), TaskRepository.Priority.SOURCE);
        queue.add(newJob(), sizes(documents.subList(2, 3)), TaskRepository.Priority.UPLOAD);
        assertThat(queue.timeUntilNext().orElseThrow()).isZero();
        List<Task> all = queue.claim(3);
        assertThat(all.get(1).document()).isEqualTo(documents.get(2));
        queue.requeue(all.get(1), Duration.ofHours(1), true);
        assertThat(queue.claim(3)).isEmpty();
        assertThat(queue.timeUntilNext().orElseThrow()).isGreaterThan(Duration.ofMinutes(50));
        queue.clearBackOff();
        assertThat(queue.claim(3)).extracting(Task::attempts).containsExactly(1);
    }

    private JobId newJob() {
        return jobs("first").create(TestAccess.writable(CollectionId.DEFAULT), true);
    }

    private void add(JobId job, String prefix, int documents, TaskRepository.Priority priority) {
        Map<DocumentId, Long> sizes = new LinkedHashMap<>();
        for (int i = 0; i < documents; i++) {
            sizes.put(new DocumentId(prefix + i), 1L);
        }
        queue("first").add(job, sizes, priority);
    }

    /** Claims one by one, as a worker with one slot. */
    private List<JobId> claimInOrder(int tasks) {
        return claimInOrder(queue("first"), tasks);
    }

    private static List<JobId> claimInOrder(TaskRepository queue, int tasks) {
        List<JobId> order = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            for (Task task : queue.claim(1)) {
                order.add(task.job());
                queue.markDone(task, 1);
            }
        }
        return order;
    }

    @Test
    void claim_smallJobsBesideALargeOne_getTheirTurn() {
        JobId folder = newJob();
        JobId large = newJob();
        add(folder, "f", 300, TaskRepository.Priority.SOURCE);
        add(large, "l", 300, TaskRepository.Priority.UPLOAD);
        assertThat(claimInOrder(50)).contains(folder, large);

        JobId small = newJob();
        add(small, "s", 1, TaskRepository.Priority.UPLOAD);
        assertThat(claimInOrder(3)).contains(small);
        JobId smallFolder = newJob();
        add(smallFolder, "sf", 1, TaskRepository.Priority.SOURCE);
        assertThat(claimInOrder(12)).contains(smallFolder, folder, large);
    }

    @Test
    void claim_manyUploads_leaveTheFolderItsShare() {
        JobId folder = newJob();
        add(folder, "f", 300, TaskRepository.Priority.SOURCE);
        List<JobId> order = new ArrayList<>();
        TaskRepository worker = queue("first");
        for (int i = 0; i < 100; i++) {
            add(newJob(), "u" + i + "-", 2, TaskRepository.Priority.UPLOAD);
            order.addAll(claimInOrder(worker, 1));
        }
        long ofFolder = order.stream().filter(folder::equals).count();
        assertThat(ofFolder).isBetween(15L, 60L);
    }

    @Test
    void claim_beyondTheLimit_isForSmallUploads() {
        JobId folder = newJob();
        JobId large = newJob();
        add(folder, "f", 50, TaskRepository.Priority.SOURCE);
        add(large, "l", 50, TaskRepository.Priority.UPLOAD);
        TaskRepository queue = queue("first");
        assertThat(queue.claim(0, 100, 100)).hasSize(20).extracting(Task::job).containsOnly(large);
        assertThat(queue.claim(0, 2, 2)).isEmpty();

        JobId small = newJob();
        add(small, "s", 1, TaskRepository.Priority.UPLOAD);
        assertThat(queue.claim(0, 2, 2)).extracting(Task::job).containsExactly(small);
        assertThat(queue.claim(100)).hasSize(80);
    }

    @Test
    void claim_largeDocuments_areAsManyAsAllowed_andKeepNobodyBack() {
        JobId large = newJob();
        JobId small = newJob();
        TaskRepository queue = queue("first");
        Map<DocumentId, Long> sizes = new LinkedHashMap<>();
        documents(30).forEach(document -> sizes.put(document, TaskRepository.LARGE_BYTES));
        queue.add(large, sizes, TaskRepository.Priority.SOURCE);
        add(small, "s", 10, TaskRepository.Priority.SOURCE);

        List<Task> first = queue.claim(4, 4, 2);
        assertThat(first).extracting(Task::large).containsExactlyInAnyOrder(true, true, false, false);
        assertThat(queue.claim(20, 22, 0)).hasSize(8).extracting(Task::job).containsOnly(small);
        assertThat(queue.claim(20, 22, 0)).isEmpty();
        // A job that is added while large documents wait comes after the small ones that waited before it.
        JobId before = newJob();
        add(before, "b", 3, TaskRepository.Priority.SOURCE);
        queue.claim(2, 2, 0);
        JobId after = newJob();
        add(after, "a", 1, TaskRepository.Priority.SOURCE);
        assertThat(queue.claim(1, 1, 0)).extracting(Task::job).containsExactly(before);

        assertThat(queue.requeueAsLarge(first.getFirst(), 7, 900)).isTrue();
        assertThat(queue.count(large).embedded() + queue.count(small).embedded())
                .isEqualTo(7);
        assertThat(queue.claim(20, 20, 20)).filteredOn(task -> !task.large()).hasSize(1);
    }

    @Test
    void retry_ofManyTasks_goesBehindThoseThatWait() {
        JobId failed = newJob();
        add(failed, "x", 30, TaskRepository.Priority.SOURCE);
        TaskRepository queue = queue("first");
        queue.claim(30).forEach(task -> queue.markFailed(task, "It is broken."));
        JobId waiting = newJob();
        add(waiting, "w", 200, TaskRepository.Priority.SOURCE);
        claimInOrder(100);

        assertThat(queue.retryEnded(failed)).hasSize(30);
        assertThat(claimInOrder(20)).contains(waiting, failed);
    }

    private interface ClaimOperation {
        int take(int taker) throws Exception;
    }

    private static void together(ClaimOperation taking) throws Exception {
        run(IntStream.range(0, TAKERS)
                .<Callable<Integer>>mapToObj(taker -> () -> taking.take(taker))
                .toList());
    }

    private static <T> void run(List<Callable<T>> all) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> one : executor.invokeAll(all)) {
                one.get();
            }
        }
    }

    private static Map<DocumentId, Long> sizes(List<DocumentId> documents) {
        Map<DocumentId, Long> sizes = new LinkedHashMap<>();
        documents.forEach(document -> sizes.put(document, 1L));
        return sizes;
    }

    private List<DocumentId> documents(int count) {
        List<DocumentId> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = ids().next();
            database.jdbc()
                    .sql("INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash,"
                            + " bytes, created_at, updated_at) VALUES (?, 'default', 't', 'u', 'queued', 0, 0, 0,"
                            + " ?, 1, 0, 0)")
                    .params(id, id)
                    .update();
            documents.add(new DocumentId(id));
        }
        return documents;
    }

    private SourceId source(String folder) {
        String id = ids().next();
        database.jdbc()
                .sql("INSERT INTO source (id, collection, kind, path, created_at) VALUES (?, 'default', 'folder',"
                        + " ?, 0)")
                .params(id, folder)
                .update();
        return new SourceId(id);
    }

    private void live(String name) {
        database.jdbc()
                .sql("INSERT INTO node (id, started_at, alive_until) VALUES (?, 0, " + Long.MAX_VALUE + ")")
                .param(name)
                .update();
    }

    private void die(String name) {
        database.jdbc().sql("DELETE FROM node WHERE id = ?").param(name).update();
    }

    private TaskRepository queue(String node) {
        return new TaskRepository(
                database.jdbc(),
                database.batches(),
                database.transactions(),
                ids(),
                Clock.systemUTC(),
                new Named(node),
                database.dialect());
    }

    private JobRepository jobs(String node) {
        return new JobRepository(
                database.jdbc(),
                database.transactions(),
                ids(),
                Clock.systemUTC(),
                new Named(node),
                database.dialect(),
                new CompletionPublisher(_ -> {}));
    }

    private static IdGenerator ids() {
        return new IdGenerator(Clock.systemUTC(), new SecureRandom());
    }

    private record Named(String self) implements NodeRegistry {
        @Override
        public int countOthers() {
            return 1;
        }
    }
}
