package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FolderAccessTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final FolderGate gate = new FolderGate();
    private FolderAccess access;

    @BeforeEach
    void open() throws IOException {
        access = open(Duration.ofSeconds(1));
        for (String name : List.of("a", "b", "c", "d")) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    @AfterEach
    void release() {
        gate.releaseAll();
        access.stop();
    }

    private FolderAccess open(Duration deadline) {
        return new FolderAccess(deadline, InstantSource.system(), gate);
    }

    private InputStream openFile(Path file) throws IOException {
        return access.open(folder, file, progress -> Files.newInputStream(file));
    }

    private String read(String name) throws IOException {
        try (InputStream in = openFile(folder.resolve(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitRead(String name) {
        await().atMost(IngestionFixture.SOON)
                .ignoreExceptions()
                .until(() -> read(name).equals(name));
    }

    private void awaitNoThreads() {
        await().atMost(IngestionFixture.SOON).until(() -> access.countThreads(folder) == 0);
    }

    @Test
    void open_ofEverySize_givesTheBytesAndKeepsNothingOpen() throws Exception {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            Path file = Files.write(folder.resolve("sized"), bytes);
            try (InputStream in = openFile(file)) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
                assertThat(in.read()).isEqualTo(-1);
            }
            InputStream unread = openFile(file);
            unread.close();
            assertThat(unread.read()).isEqualTo(-1);
        }
        assertThatThrownBy(() -> openFile(folder.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
        awaitNoOpenFiles();
    }

    private void awaitNoOpenFiles() {
        await().atMost(IngestionFixture.SOON).until(() -> {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.noneMatch(this::leadsIntoFolder);
            }
        });
    }

    private boolean leadsIntoFolder(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(folder.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void open_ofAFileThatHangs_isGivenUpAndTheOthersAreRead() throws Exception {
        gate.hold(folder.resolve("a"));
        assertThatThrownBy(() -> read("a"))
                .isInstanceOfSatisfying(
                        NotRespondingException.class, e -> assertThat(e.path()).isEqualTo(folder.resolve("a")));
        awaitRead("b");
        assertThat(access.findSilence(folder))
                .hasValueSatisfying(silence -> assertThat(silence.path()).isEqualTo(folder.resolve("a")));
        // At once, and without another thread.
        assertThatThrownBy(() -> read("a")).isInstanceOf(NotRespondingException.class);
        // A second call beside one that hangs in the kernel could keep the process from ending. The other thread is a
        // probe, which does not open the file.
        await().atMost(IngestionFixture.SOON).until(() -> access.countThreads(folder) <= 2);

        gate.release(folder.resolve("a"));
        awaitRead("a");
        awaitNoThreads();
        assertThat(access.findSilence(folder)).isEmpty();
        awaitNoOpenFiles();
    }

    @Test
    void read_thatHangsInTheMiddle_isGivenUpAndClosed() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[500_000]);
        gate.holdReading(file, 2);
        try (InputStream in = openFile(file)) {
            assertThat(in.read(new byte[100_000])).isEqualTo(65_536);
            assertThat(in.readNBytes(65_536)).hasSize(65_536);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(NotRespondingException.class);
        }
        gate.releaseAll();
        awaitNoThreads();
        awaitNoOpenFiles();
    }

    @Test
    void call_whenThreeFilesHang_countsTheFolderAsNotRespondingUntilTheyAnswer() {
        for (String name : List.of("a", "b", "c")) {
            gate.hold(folder.resolve(name));
            assertThatThrownBy(() -> read(name)).isInstanceOf(Exception.class);
        }
        assertThatThrownBy(() -> read("d")).isInstanceOf(FolderNotRespondingException.class);
        assertThat(access.findSilence(folder))
                .hasValueSatisfying(silence -> assertThat(silence.path()).isNull());
        gate.release(folder.resolve("b"));
        awaitRead("d");
        gate.releaseAll();
        awaitRead("a");
        awaitNoThreads();
    }

    @Test
    void call_aboutAFolderThatHangs_harmsNoOtherFolder() throws Exception {
        gate.hold(folder);
        assertThatThrownBy(() -> access.call(folder, folder, progress -> 1))
                .isInstanceOf(FolderNotRespondingException.class);
        assertThatThrownBy(() -> read("a")).isInstanceOf(FolderNotRespondingException.class);
        assertThat(access.isDirectory(folder)).isFalse();
        Path other = Files.createDirectory(folder.resolve("other"));
        await().atMost(IngestionFixture.SOON).until(() -> access.isDirectory(other));
        gate.release(folder);
        await().atMost(IngestionFixture.SOON).until(() -> access.isDirectory(folder));
        awaitRead("a");
    }

    @Test
    void open_ofOneFileForTwoSources_isNeverDoneTwiceAtOnce() throws Exception {
        access = open(Duration.ofSeconds(3));
        Path parent = Objects.requireNonNull(folder.getParent());
        Path file = folder.resolve("a");
        AtomicInteger opened = new AtomicInteger();
        gate.holdReading(file, 0);
        CompletableFuture<Exception> first = new CompletableFuture<>();
        TaskThreads.startVirtualThread("first", () -> {
            try {
                openCounted(folder, file, opened).close();
                first.complete(new IllegalStateException("The file answered"));
            } catch (Exception e) {
                first.complete(e);
            }
        });
        await().atMost(IngestionFixture.SOON).until(() -> gate.isHanging(file));
        assertThatThrownBy(() -> openCounted(parent, file, opened)).isInstanceOf(NotRespondingException.class);
        assertThat(first.get()).isInstanceOf(NotRespondingException.class);
        assertThat(opened).hasValue(1);
        gate.releaseAll();
        await().atMost(IngestionFixture.SOON).until(() -> access.countThreads(folder) == 0);
        openCounted(parent, file, opened).close();
        assertThat(opened).hasValue(2);
    }

    private InputStream openCounted(Path source, Path file, AtomicInteger opened) throws IOException {
        return access.open(source, file, progress -> {
            opened.incrementAndGet();
            return Files.newInputStream(file);
        });
    }

    @Test
    void call_whoseAnswerWasLost_isTriedAgainByAProbe() {
        gate.hold(folder);
        assertThatThrownBy(() -> access.call(folder, folder, progress -> 1))
                .isInstanceOf(FolderNotRespondingException.class);
        gate.loseHanging(folder);
        awaitRead("a");
        assertThat(access.findSilence(folder)).isEmpty();
        assertThat(access.countThreads(folder)).isPositive();
    }

    @Test
    void call_thatProgresses_mayTakeLongerThanTheDeadline() throws Exception {
        access = open(Duration.ofSeconds(3));
        long start = System.nanoTime();
        assertThat(access.<String>call(folder, folder, progress -> {
                    while (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
                        progress.step(folder.resolve("a"));
                    }
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void step_thatHangs_namesWhatHangs() {
        gate.hold(folder.resolve("b"));
        assertThatThrownBy(() -> access.call(folder, folder, progress -> {
                    progress.step(folder.resolve("a"));
                    progress.step(folder.resolve("b"));
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        NotRespondingException.class, e -> assertThat(e.path()).isEqualTo(folder.resolve("b")));
    }

    @Test
    void cancelCall_endsTheWaitButLeavesTheThreadBehind() throws Exception {
        access = open(NEVER);
        gate.hold(folder);
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<Exception> ended = readInBackground(waiting);
        await().atMost(IngestionFixture.SOON).until(() -> gate.isHanging(folder));
        access.cancelCall(waiting.get());
        assertThat(ended.get()).isInstanceOf(CancellationException.class);
        assertThat(access.countThreads(folder)).isEqualTo(1);
        gate.release(folder);
        awaitNoThreads();
    }

    @Test
    void interrupt_andStop_endTheWait() throws Exception {
        access = open(NEVER);
        gate.hold(folder);
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<Exception> interrupted = readInBackground(waiting);
        await().atMost(IngestionFixture.SOON).until(() -> gate.isHanging(folder));
        waiting.get().interrupt();
        assertThat(interrupted.get()).isInstanceOf(CancellationException.class);

        CompletableFuture<Exception> stopped = readInBackground(new CompletableFuture<>());
        await().atMost(IngestionFixture.SOON).until(() -> access.countThreads(folder) == 2);
        access.stop();
        assertThat(stopped.get()).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> read("a")).isInstanceOf(CancellationException.class);
    }

    private CompletableFuture<Exception> readInBackground(CompletableFuture<Thread> waiting) {
        CompletableFuture<Exception> ended = new CompletableFuture<>();
        TaskThreads.startVirtualThread("reader", () -> {
            waiting.complete(Thread.currentThread());
            try {
                access.call(folder, folder, progress -> 1);
                ended.complete(new IllegalStateException("The call answered"));
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        return ended;
    }

    @Test
    void call_cancelledAgainAndAgain_keepsFewThreads() throws Exception {
        access = open(NEVER);
        gate.hold(folder);
        for (int i = 0; i < 3 * FolderThreads.MAX_THREADS; i++) {
            CompletableFuture<Thread> waiting = new CompletableFuture<>();
            CompletableFuture<Exception> ended = readInBackground(waiting);
            Thread reader = waiting.get();
            await().atMost(IngestionFixture.SOON).until(() -> {
                access.cancelCall(reader);
                return ended.isDone();
            });
        }
        assertThat(access.countThreads(folder)).isLessThanOrEqualTo(FolderThreads.MAX_THREADS);
        gate.release(folder);
        awaitNoThreads();
        awaitRead("a");
    }

    /** Opening a pipe without a writer hangs in the kernel, and no interrupt ends that. */
    @Test
    void call_thatHangsInTheKernel_isGivenUp() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        AtomicReference<Thread> thread = new AtomicReference<>();
        assertThatThrownBy(() -> access.call(folder, pipe, progress -> {
                    thread.set(Thread.currentThread());
                    return Files.newInputStream(pipe);
                }))
                .isInstanceOf(NotRespondingException.class);
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().isVirtual()).isFalse();
        awaitRead("a");
        try (OutputStream writer = Files.newOutputStream(pipe)) {
            writer.flush();
            awaitNoThreads();
            // What the late call opened is closed again.
            awaitNoOpenFilesButTheWriter();
        }
    }

    private void awaitNoOpenFilesButTheWriter() {
        await().atMost(IngestionFixture.SOON).until(() -> {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.filter(this::leadsIntoFolder).count() == 1;
            }
        });
    }
}
