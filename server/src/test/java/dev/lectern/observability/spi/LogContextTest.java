package dev.lectern.observability.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.observability.spi.LogContext.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogContextTest {
    private static final LogContext REQUEST = LogContext.EMPTY.with(LogContext.Field.REQUEST, "request-1");

    @Test
    void open_nested_restoresTheContextBefore() {
        try (Scope _ = REQUEST.open()) {
            try (Scope _ = LogContext.current()
                    .with(LogContext.Field.ANSWER, "answer-1")
                    .open()) {
                assertThat(LogContext.find(LogContext.Field.REQUEST)).contains("request-1");
                assertThat(LogContext.find(LogContext.Field.ANSWER)).contains("answer-1");
            }
            LogContext.put(LogContext.Field.CALLER, "caller-1");
            assertThat(LogContext.find(LogContext.Field.ANSWER)).isEmpty();
        }
        assertThat(LogContext.current()).hasToString(LogContext.EMPTY.toString());
    }

    @Test
    void executor_everyWayToSubmit_carriesTheContext() throws Exception {
        Callable<Optional<String>> task = () -> LogContext.find(LogContext.Field.REQUEST);
        try (ExecutorService executor = TaskThreads.newVirtualThreadExecutor("test-");
                Scope _ = REQUEST.open()) {
            CompletableFuture<Optional<String>> executed = new CompletableFuture<>();
            executor.execute(() -> executed.complete(LogContext.find(LogContext.Field.REQUEST)));

            assertThat(executed.get(60, TimeUnit.SECONDS)).contains("request-1");
            assertThat(executor.submit(task).get(60, TimeUnit.SECONDS)).contains("request-1");
            assertThat(executor.invokeAll(List.of(task), 60, TimeUnit.SECONDS)
                            .getFirst()
                            .get())
                    .contains("request-1");
            assertThat(CompletableFuture.supplyAsync(() -> LogContext.find(LogContext.Field.REQUEST), executor)
                            .get(60, TimeUnit.SECONDS))
                    .contains("request-1");
        }
    }

    @Test
    void executor_backgroundTask_carriesNothing() throws Exception {
        CompletableFuture<Optional<String>> seen = new CompletableFuture<>();
        try (ExecutorService executor = TaskThreads.newVirtualThreadExecutor("test-");
                Scope _ = REQUEST.open()) {
            executor.execute(new BackgroundTask(() -> seen.complete(LogContext.find(LogContext.Field.REQUEST))));

            assertThat(seen.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void threads_ofOneTask_carryTheContext() throws Exception {
        CompletableFuture<Optional<String>> platform = new CompletableFuture<>();
        CompletableFuture<Optional<String>> virtual = new CompletableFuture<>();
        try (Scope _ = REQUEST.open()) {
            TaskThreads.startPlatformThread("test", () -> platform.complete(LogContext.find(LogContext.Field.REQUEST)));
            TaskThreads.startVirtualThread("test", () -> virtual.complete(LogContext.find(LogContext.Field.REQUEST)));
        }
        assertThat(platform.get(60, TimeUnit.SECONDS)).contains("request-1");
        assertThat(virtual.get(60, TimeUnit.SECONDS)).contains("request-1");
    }

    @Test
    void pool_threadOfAnEarlierTask_carriesOnlyTheContextOfItsTask() throws Exception {
        try (ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TaskThreads.newPoolThreadFactory("test-"))) {
            Callable<Optional<String>> task = () -> LogContext.find(LogContext.Field.REQUEST);
            try (Scope _ = REQUEST.open()) {
                assertThat(pool.submit(LogContext.current().wrap(task)).get(60, TimeUnit.SECONDS))
                        .contains("request-1");
            }
            assertThat(pool.submit(task).get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void with_batch_joinsDistinctValuesUpToTwenty() {
        List<String> jobs =
                IntStream.range(0, 30).mapToObj(i -> "job-" + i % 25).toList();

        try (Scope _ = LogContext.EMPTY
                .with(LogContext.Field.JOB, List.of("a", "b", "a"))
                .open()) {
            assertThat(LogContext.find(LogContext.Field.JOB)).contains("a,b");
        }
        try (Scope _ = LogContext.EMPTY.with(LogContext.Field.JOB, jobs).open()) {
            assertThat(LogContext.find(LogContext.Field.JOB).orElseThrow())
                    .startsWith("job-0,job-1,")
                    .endsWith(",job-19,…");
        }
    }
}
