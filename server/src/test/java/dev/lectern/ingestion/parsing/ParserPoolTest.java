package dev.lectern.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.ParseOutcome.Rejected;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class ParserPoolTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "hang, TOO_SLOW",
        "eat, TOO_MUCH_MEMORY",
        "die, PARSER_FAILED",
        "garbage, PARSER_FAILED",
        "half, PARSER_FAILED",
        "endless, PARSER_FAILED"
    })
    void parse_hostileProcess_isReplacedAndTheReasonGiven(String name, RejectionCode code) {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(4), Duration.ofMinutes(1), 512))) {
            Rejected rejected = rejected(pool, name);

            assertThat(rejected.code()).isEqualTo(code);
            assertThat(rejected.sentence()).endsWith(".").doesNotContain("Exception");
            assertThat(rejected(pool, "fine").sentence()).isEqualTo("fine");
        }
    }

    @Test
    void parse_moreResidentMemoryThanAllowed_isKilled() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 64))) {
            assertThat(rejected(pool, "eat").code()).isIn(RejectionCode.TOO_MUCH_MEMORY, RejectionCode.PARSER_FAILED);
        }
    }

    @Test
    void parse_manyFiles_usesOneProcess() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 512))) {
            String pid = rejected(pool, "pid").sentence();

            assertThat(rejected(pool, "pid").sentence()).isEqualTo(pid);
            assertThat(pool.restingCount()).isEqualTo(1);
        }
    }

    @Test
    void parse_processKilledWhileItRested_startsAnother() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 512))) {
            long pid = Long.parseLong(rejected(pool, "pid").sentence());
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            Awaitility.await().until(() -> !process.isAlive());

            assertThat(rejected(pool, "pid").sentence()).isNotEqualTo(Long.toString(pid));
        }
    }

    @Test
    void parse_nothingToDo_endsTheProcessAndItsFiles() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMillis(300), 512))) {
            Path scratch = Path.of(rejected(pool, "folder").sentence());
            long pid = Long.parseLong(rejected(pool, "pid").sentence());

            Awaitility.await().until(() -> ProcessHandle.of(pid).isEmpty());
            Awaitility.await().until(() -> !Files.exists(scratch));
            assertThat(pool.restingCount()).isZero();
        }
    }

    @Test
    void parse_smallFile_waitsForNoMoreThanTheLargeOneThatIsBeingRead() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(8L << 20);
        }
        Path small = Files.writeString(folder.resolve("small"), "small");
        Queue<String> ended = new ConcurrentLinkedQueue<>();
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(2), Duration.ofMinutes(1), 512))) {
            List<CompletableFuture<Void>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(CompletableFuture.runAsync(
                        () -> {
                            pool.parse(large, "hang", Deadline.in(Duration.ofMinutes(1), CLOCK));
                            ended.add("large");
                        },
                        executor));
            }
            Awaitility.await().until(() -> pool.waitingCount() == 2);
            pool.parse(small, "fine", Deadline.in(Duration.ofMinutes(1), CLOCK));
            ended.add("small");
            reads.forEach(CompletableFuture::join);
        }
        assertThat(ended).hasSize(4).endsWith("large");
    }

    @Test
    void parse_itsSurroundings_holdNoSecrets() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 512))) {
            assertThat(rejected(pool, "environment").sentence()).doesNotContain("HOME", "USER", "KEY", "LECTERN");
        }
    }

    @Test
    void parse_deadlinePassesFirst_saysSoAndGoesOn() {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 512))) {
            rejected(pool, "fine");
            Deadline soon = Deadline.in(Duration.ofMillis(200), CLOCK);

            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> pool.parse(Path.of("x"), "hang", soon))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
            assertThat(rejected(pool, "fine").sentence()).isEqualTo("fine");
        }
    }

    @Test
    void parse_interrupted_stopsAndStaysInterrupted() throws InterruptedException {
        try (ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 512))) {
            rejected(pool, "fine");
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    pool.parse(Path.of("x"), "hang", Deadline.in(Duration.ofMinutes(1), CLOCK));
                } catch (LecternException e) {
                    interrupted.set(Thread.currentThread().isInterrupted() && e.code() == ErrorCode.SHUTTING_DOWN);
                }
            });
            Thread.sleep(200);
            thread.interrupt();
            thread.join(Duration.ofSeconds(60));

            assertThat(interrupted).isTrue();
            assertThat(rejected(pool, "fine").sentence()).isEqualTo("fine");
        }
    }

    @Test
    void close_whileResting_endsTheProcessAndTheWatch() {
        ParserPool pool = hostile(limits(1, Duration.ofSeconds(60), Duration.ofMinutes(5), 512));
        long pid = Long.parseLong(rejected(pool, "pid").sentence());

        pool.close();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(executor::close);

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(60));
    }

    @Test
    void parse_realProcess_readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("note.md"), "# A note\n\nWith **text**.");
        try (ParserPool pool = new ParserPool(ParsingProperties.defaults(), OcrProperties.off(), CLOCK, executor)) {
            ParseOutcome outcome = pool.parse(file, "note.md", Deadline.in(Duration.ofMinutes(1), CLOCK));

            assertThat(outcome).isInstanceOfSatisfying(Parsed.class, parsed -> {
                assertThat(parsed.document().title()).isEqualTo("A note");
                assertThat(parsed.document().text()).isEqualTo("A note\n\nWith text.");
            });
            assertThat(pool.parse(folder.resolve("gone"), "gone", Deadline.in(Duration.ofMinutes(1), CLOCK)))
                    .isInstanceOf(Rejected.class);
        }
    }

    private ParserPool hostile(ParsingProperties properties) {
        return new ParserPool(
                properties,
                OcrProperties.off(),
                new ParserProcessLauncher(properties, HostileParser.class.getName()),
                CLOCK,
                executor);
    }

    private static Rejected rejected(ParserPool pool, String name) {
        return (Rejected) pool.parse(Path.of("x"), name, Deadline.in(Duration.ofMinutes(1), CLOCK));
    }

    private static ParsingProperties limits(int processes, Duration fileTime, Duration idle, int megabytes) {
        return new ParsingProperties(
                processes,
                fileTime,
                idle,
                DataSize.ofMegabytes(megabytes),
                DataSize.ofMegabytes(Math.min(128, megabytes)),
                DataSize.ofMegabytes(256),
                1_000_000,
                1_000,
                50);
    }
}
