package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.axis;
import static dev.lectern.index.IndexedPassageFixtures.in;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.index.IndexedPassageFixtures;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program at QDRANT_BINARY with strict mode and kills it during writes and searches. */
@SuppressWarnings("NullAway.Init")
@Tag("running-qdrant")
@EnabledIfEnvironmentVariable(named = "QDRANT_BINARY", matches = ".+")
class QdrantCrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SearchScope ALL =
            SearchScope.of(TestAccess.readable(Set.of(IndexedPassageFixtures.COLLECTION)));
    private static final int DOCUMENTS = 300;
    private static final int PASSAGES = 10;

    @TempDir
    Path folder;

    private int grpc;
    private int http;
    private Process process;
    private QdrantIndexStore store;

    @BeforeEach
    void start() throws Exception {
        grpc = freePort();
        http = freePort();
        QdrantIndexProperties stubborn = new QdrantIndexProperties(
                "test", 0, 1, 1, true, false, false, true, 256, Duration.ofSeconds(2), PATIENCE, PATIENCE, 7, "");
        store = QdrantStoreFixtures.open("http://127.0.0.1:" + grpc, stubborn);
        run();
    }

    @AfterEach
    void stop() {
        store.close();
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run() throws IOException {
        ProcessBuilder command = new ProcessBuilder(System.getenv("QDRANT_BINARY")).directory(folder.toFile());
        command.redirectErrorStream(true).redirectOutput(new File(folder.toFile(), "log"));
        command.environment()
                .putAll(Map.of(
                        "QDRANT__SERVICE__HOST", "127.0.0.1",
                        "QDRANT__SERVICE__GRPC_PORT", String.valueOf(grpc),
                        "QDRANT__SERVICE__HTTP_PORT", String.valueOf(http),
                        "QDRANT__STORAGE__STORAGE_PATH",
                                folder.resolve("storage").toString(),
                        "QDRANT__STORAGE__SNAPSHOTS_PATH",
                                folder.resolve("snapshots").toString(),
                        "QDRANT__TELEMETRY_DISABLED", "true",
                        "QDRANT__STORAGE__COLLECTION__STRICT_MODE__ENABLED", "true",
                        "QDRANT__STORAGE__COLLECTION__STRICT_MODE__MAX_QUERY_LIMIT", "1000",
                        "QDRANT__STORAGE__COLLECTION__STRICT_MODE__UPSERT_MAX_BATCHSIZE", "64",
                        "QDRANT__STORAGE__COLLECTION__STRICT_MODE__FILTER_MAX_CONDITIONS", "6"));
        process = command.start();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(LecternException.class)
                .until(() -> {
                    store.check();
                    return true;
                });
    }

    @Test
    void killedWhileChangingAndAsking_nothingAcknowledgedIsLost() throws Exception {
        PassageIndex index = store.open(IndexedPassageFixtures.FINGERPRINT);
        AtomicInteger written = new AtomicInteger();
        Set<String> present = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < DOCUMENTS; i++) {
                    change(index, i, present);
                    written.incrementAndGet();
                }
            });
            Future<?> reader = threads.submit(() -> {
                while (written.get() < DOCUMENTS && !writer.isDone()) {
                    index.lexical("cat", ALL, 10, soon());
                    index.dense(axis(0), ALL, 10, soon());
                }
            });
            for (int kill = 1; kill <= 3; kill++) {
                int until = kill * DOCUMENTS / 4;
                await().atMost(PATIENCE).until(() -> written.get() >= until || writer.isDone());
                process.destroyForcibly().waitFor();
                run();
            }
            writer.get();
            reader.get();
        }
        process.destroyForcibly().waitFor();
        run();
        Set<String> seen = new TreeSet<>();
        index.forEachDocument(document -> {
            assertThat(document.passages()).isEqualTo(PASSAGES);
            seen.add(document.document().value());
        });
        assertThat(seen).isEqualTo(new TreeSet<>(present));
        assertThat(index.count(ALL)).isEqualTo((long) present.size() * PASSAGES);
    }

    /** Every third document goes again. */
    private static void change(PassageIndex index, int number, Set<String> present) {
        String id = "d" + number;
        index.add(IntStream.range(0, PASSAGES)
                .mapToObj(i -> in(passage(id + "." + i, "cat number" + i), "default", id, 1))
                .toList());
        if (number % 3 == 0) {
            index.delete(List.of(new PassageSelection.OfDocument(new DocumentId(id))));
        } else {
            present.add(id);
        }
    }

    private static Deadline soon() {
        return Deadline.in(PATIENCE, Clock.systemUTC());
    }
}
