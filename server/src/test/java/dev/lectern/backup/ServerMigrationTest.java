package dev.lectern.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.backup.LibraryMigrationListener.Step;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.PostgresServer;
import dev.lectern.storage.UnpooledDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose library goes to PostgreSQL while it is used, and the next one, which finds it there. */
@NeedsServer
class ServerMigrationTest {
    private static final String SEARCH = "/api/v1/search";
    private static final String QUERY = "{\"query\":\"tower\"}";
    private static final Duration SOON = Duration.ofSeconds(60);

    private String url;

    @BeforeEach
    void create() {
        url = PostgresServer.createEmptyDatabase("");
    }

    @AfterEach
    void drop() {
        PostgresServer.dropDatabase(url);
    }

    @Test
    void readersSeeNothingOfIt_changesAreRefusedWithASentence_andEverythingIsThereAfterwards() throws Exception {
        String cookie;
        try (TestServer server = TestServer.start();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            fill(server);
            cookie = server.newCookie("/api/v1/conversations");
            assertThat(newConversation(server, cookie).statusCode()).isEqualTo(201);
            AtomicBoolean over = new AtomicBoolean();
            List<Integer> statuses = new ArrayList<>();
            Future<?> reader = executor.submit(() -> {
                while (!over.get()) {
                    statuses.add(server.post(SEARCH, QUERY).statusCode());
                    statuses.add(
                            server.get("/api/v1/collections/default/documents").statusCode());
                }
                return null;
            });
            List<Integer> changes = new ArrayList<>();
            move(server, step -> {
                if (step == Step.COPYING) {
                    changes.add(newConversation(server, cookie).statusCode());
                }
                if (step == Step.VERIFYING) {
                    HttpResponse<String> refused = newConversation(server, cookie);
                    changes.add(refused.statusCode());
                    assertThat(refused.body())
                            .contains("database_unavailable", "read-only while it is moved to another database");
                    assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
                }
            });
            over.set(true);
            reader.get();
            assertThat(changes).containsExactly(201, 503);
            assertThat(statuses).hasSizeGreaterThan(2).containsOnly(200);
        }
        try (TestServer next = TestServer.start(List.of("lectern.database.url=" + url))) {
            assertThat(next.send(next.request("/api/v1/conversations").header("Cookie", cookie))
                            .body())
                    .contains("\"items\":[{")
                    .satisfies(
                            body -> assertThat(body.split("\"createdAt\"", -1)).hasSize(3));
            // The data folder is a new one: its index is filled from the library.
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(next.post(SEARCH, QUERY).body()).contains("The tower is high."));
            assertThat(newConversation(next, cookie).statusCode()).isEqualTo(201);
        }
    }

    private interface At {
        void step(Step step) throws Exception;
    }

    private void move(TestServer server, At at) {
        LibraryMigrationResult result = new LibraryMigration(
                        AllSnapshotSources.LIST,
                        UnpooledDatabase.ofFolder(server.folder()),
                        UnpooledDatabase.ofAddress(url, Map.of()),
                        new IdGenerator(InstantSource.system(), new SecureRandom()),
                        new LibraryMigrationListener() {
                            @Override
                            public void step(Step step) {
                                try {
                                    at.step(step);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }

                            @Override
                            public void rows(String table, long rows, long all) {}
                        })
                .run();
        assertThat(result).isInstanceOf(LibraryMigrationResult.Moved.class);
    }

    private static void fill(TestServer server) throws InterruptedException {
        JobService jobService = server.bean(JobService.class);
        jobService.await(
                TestAccess.OPERATOR,
                jobService.addTexts(
                        TestAccess.OPERATOR,
                        CollectionId.DEFAULT,
                        List.of(new TextDocument("t", "Tower", "The tower is high."))),
                SOON);
    }

    private static HttpResponse<String> newConversation(TestServer server, String cookie) throws Exception {
        return server.send(server.request("/api/v1/conversations")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }
}
