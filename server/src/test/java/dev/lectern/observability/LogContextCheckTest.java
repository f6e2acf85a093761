package dev.lectern.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The check that runs over all tests sees what it is there for. */
@NeedsServer
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class LogContextCheckTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(ThreadStarter.class);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void threadWithoutContext_duringARequest_failsTheTestClass() throws Exception {
        assertThat(server.get("/test/threads/raw").statusCode()).isEqualTo(200);

        assertThatThrownBy(LogContextExtension::failOnViolations)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("From a raw thread: without [requestId]");
    }

    @Test
    void threadWithContext_duringARequest_passes() throws Exception {
        try (LogCapture log = new LogCapture()) {
            assertThat(server.send(server.request("/test/threads/carried").header("X-Request-Id", "request-1"))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(LogContextCheck.takeViolations()).isEmpty();
            assertThat(log.ids(Field.REQUEST, "From a carried thread")).containsExactly("request-1");
        }
    }

    @Test
    void backgroundTask_startedDuringARequest_carriesNoId() throws Exception {
        try (LogCapture log = new LogCapture()) {
            assertThat(server.get("/test/threads/background").statusCode()).isEqualTo(200);

            assertThat(LogContextCheck.takeViolations()).isEmpty();
            assertThat(log.ids(Field.REQUEST, "From the background")).containsExactly("");
        }
    }

    @RestController
    static class ThreadStarter {
        private static final Logger log = LoggerFactory.getLogger(ThreadStarter.class);

        @GetMapping("/test/threads/raw")
        String raw() throws InterruptedException {
            Thread.ofVirtual().start(() -> log.warn("From a raw thread")).join();
            return "done";
        }

        @GetMapping("/test/threads/carried")
        String carried() throws InterruptedException {
            CountDownLatch logged = new CountDownLatch(1);
            TaskThreads.startVirtualThread("test", () -> {
                log.warn("From a carried thread");
                logged.countDown();
            });
            logged.await();
            return "done";
        }

        @GetMapping("/test/threads/background")
        String background() throws InterruptedException {
            CountDownLatch logged = new CountDownLatch(1);
            TaskThreads.startVirtualThread("test", new BackgroundTask(() -> {
                log.warn("From the background");
                logged.countDown();
            }));
            logged.await();
            return "done";
        }
    }
}
