package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.pipeline.TestLoopMonitor;
import dev.lectern.ingestion.sources.SourceWatcher.Signal;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real folders and events of the operating system, with limits that the test sets. */
@Timeout(180)
class FolderWatcherTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration CHECK = Duration.ofMillis(50);
    private static final List<String> IGNORED = List.of(".*", "*.part", "cache/");

    @TempDir
    Path temporary;

    private final FakeFolderEventSystem system = new FakeFolderEventSystem();
    private final FolderWatchService service = new FolderWatchService(system, TestLoopMonitor.create());
    private final FolderAccess access = new FolderAccess(Duration.ofSeconds(20), InstantSource.system(), path -> {});
    private final RuleFileReader ruleFiles = new RuleFileReader();
    private final Map<Path, String> objections = new ConcurrentHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private volatile String mounts = "";
    private Path root;

    /** A watcher with a thread that waits for its signals, as the registry of watchers has it. */
    private static final class Running {
        final FolderWatcher watcher;
        final AtomicInteger changes = new AtomicInteger();
        final AtomicInteger intervals = new AtomicInteger();
        volatile boolean released;

        Running(FolderWatcher watcher, Duration atMost) {
            this.watcher = watcher;
            TaskThreads.startVirtualThread("test-watcher", () -> run(atMost));
        }

        private void run(Duration atMost) {
            try {
                while (!watcher.isClosed()) {
                    Signal signal = watcher.awaitChange(atMost);
                    changes.addAndGet(signal == Signal.CHANGED ? 1 : 0);
                    intervals.addAndGet(signal == Signal.INTERVAL ? 1 : 0);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                watcher.release();
                released = true;
            }
        }

        Running awaitMode(WatchMode mode) {
            await().atMost(LONG).until(() -> watcher.state().mode() == mode);
            return this;
        }

        /** Waits for a signal after the change. */
        void awaitChange(Change change) throws Exception {
            int before = changes.get();
            change.make();
            await().atMost(LONG).until(() -> changes.get() > before);
        }
    }

    private interface Change {
        void make() throws Exception;
    }

    @BeforeEach
    void createRoot() throws IOException {
        root = Files.createDirectories(temporary.toRealPath().resolve("root"));
    }

    @AfterEach
    void close() {
        system.answer.countDown();
        running.forEach(each -> each.watcher.close());
        await().atMost(LONG).until(() -> running.stream().allMatch(each -> each.released));
        service.destroy();
    }

    private static FolderWatcher.Settings settings() {
        return new FolderWatcher.Settings(SETTLE, NEVER, NEVER, CHECK, 1_000);
    }

    private Running watch(Path folder) {
        return watch(folder, settings(), NEVER, access).awaitMode(WatchMode.EVENTS);
    }

    private Running watch(Path folder, FolderWatcher.Settings settings, Duration atMost, FolderAccess through) {
        // Nothing that the test wrote before the watch counts as a change.
        return watch(folder, settings, atMost, through, Instant.now().plusSeconds(3_600));
    }

    private Running watch(
            Path folder, FolderWatcher.Settings settings, Duration atMost, FolderAccess through, Instant since) {
        FolderWatcher watcher = new FolderWatcher(
                folder,
                service,
                through,
                path -> Optional.ofNullable(objections.get(path)),
                () -> new FolderWatchRules(new IgnoreRules(ruleFiles, IGNORED, false), ownData()),
                () -> MountTable.parse(mounts.getBytes(StandardCharsets.UTF_8)),
                settings,
                since);
        Running started = new Running(watcher, atMost);
        running.add(started);
        return started;
    }

    private OwnData ownData() {
        Set<Object> keys = new HashSet<>();
        for (Path path : List.of(root.resolve("store"), root.resolve("out.log"))) {
            try {
                keys.add(Objects.requireNonNull(
                        Files.readAttributes(path, BasicFileAttributes.class).fileKey()));
            } catch (IOException missing) {
                // The file is not there at this moment.
            }
        }
        return new OwnData(keys, Set.of());
    }

    private void write(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), "Text of " + path + System.nanoTime());
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, "one more line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes into a file all the time while the action runs. */
    private static void whileBusy(Path file, Change action) throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        TaskThreads.startVirtualThread("test-writer", () -> {
            try {
                while (!stopped.get()) {
                    append(file);
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                ended.set(true);
            }
        });
        try {
            await().atMost(LONG).until(() -> Files.exists(file));
            action.make();
        } finally {
            stopped.set(true);
            await().atMost(LONG).untilTrue(ended);
        }
    }

    private static String mount(int id, Path point, String type) {
        return id + " 1 0:" + id + " / " + FolderPath.format(point) + " rw - " + type + " source rw\n";
    }

    /** Lets the watcher handle a change whose signal proves that it has handled everything before. */
    private void assertSilent(Running watch, Change change) throws Exception {
        int before = watch.changes.get();
        change.make();
        watch.awaitChange(() -> write("proof-" + System.nanoTime() + ".md"));
        assertThat(watch.changes).hasValue(before + 1);
    }

    @Test
    void register_afterTheWatcherWasReleased_leavesNothingOpen() throws Exception {
        FolderWatcher watcher = watch(root).watcher;
        watcher.close();
        await().atMost(LONG).until(() -> running.getFirst().released);

        service.register(watcher, root);

        assertThat(service.countFolders()).isZero();
    }

    @Test
    void awaitChange_filesOfOldAndNewFolders_areReported() throws Exception {
        write("old/deep/a.md");
        Running watch = watch(root);
        watch.awaitChange(() -> write("old/deep/a.md"));
        watch.awaitChange(() -> write("old/deep/b.md"));
        watch.awaitChange(() -> Files.delete(root.resolve("old/deep/a.md")));
        // Filled before it can be registered.
        watch.awaitChange(() -> write("new/one/two/three/c.md"));
        watch.awaitChange(() -> write("new/one/two/three/d.md"));
        watch.awaitChange(() -> Files.move(root.resolve("new"), root.resolve("renamed")));
        watch.awaitChange(() -> write("renamed/one/two/e.md"));
    }

    @Test
    void awaitChange_fileChangedBeforeItsFolderIsWatched_isReported() throws Exception {
        write("sub/a.md");
        Instant since = Instant.now().plusSeconds(3_600);
        Running unchanged = watch(root, settings(), NEVER, access, since).awaitMode(WatchMode.EVENTS);
        unchanged.awaitChange(() -> write("proof.md"));
        assertThat(unchanged.changes).hasValue(1);

        // As programs do that copy a file with its time.
        Instant before = Instant.now().minusSeconds(60);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            }
        }
        Running changed = watch(root, settings(), NEVER, access, before);
        await().atMost(LONG).until(() -> changed.changes.get() >= 1);
    }

    @Test
    void awaitChange_namesThatAreNotUtf8_areReported() throws Exception {
        Path latin = FolderPath.resolve(root, "\\xDCbersicht");
        Files.createDirectories(latin);
        Running watch = watch(root);
        watch.awaitChange(() -> Files.writeString(latin.resolve("a.md"), "Cats."));
    }

    @Test
    void awaitChange_folderMovedAway_isNotWatchedAnyMore() throws Exception {
        write("out/deep/a.md");
        Running watch = watch(root);
        Path away = temporary.toRealPath().resolve("away");
        watch.awaitChange(() -> Files.move(root.resolve("out"), away));
        await().atMost(LONG).until(() -> service.countFolders() == 1);
        assertSilent(watch, () -> Files.writeString(away.resolve("deep/b.md"), "Dogs."));
    }

    @Test
    void awaitChange_folderDeletedAndMadeAgain_isWatchedAgain() throws Exception {
        write("sub/a.md");
        Running watch = watch(root);
        for (int i = 0; i < 5; i++) {
            watch.awaitChange(() -> {
                Files.delete(root.resolve("sub/a.md"));
                Files.delete(root.resolve("sub"));
                write("sub/a.md");
            });
            watch.awaitChange(() -> write("sub/b.md"));
            Files.delete(root.resolve("sub/b.md"));
            await().atMost(LONG).until(() -> service.countFolders() == 2);
        }
    }

    @Test
    void awaitChange_besidesABusyFile_reportsTheQuietOne() throws Exception {
        Running watch = watch(root);
        whileBusy(root.resolve("app.log"), () -> watch.awaitChange(() -> write("new.md")));
    }

    @Test
    void awaitChange_busyFile_isReportedAtTheLimitAndNotMoreOften() throws Exception {
        Duration limit = Duration.ofSeconds(1);
        Running watch = watch(
                        root,
                        new FolderWatcher.Settings(Duration.ofMillis(500), limit, NEVER, CHECK, 1_000),
                        NEVER,
                        access)
                .awaitMode(WatchMode.EVENTS);
        long begin = System.nanoTime();
        whileBusy(root.resolve("app.log"), () -> await().atMost(LONG).until(() -> watch.changes.get() >= 3));
        // Pauses of the machine can make the file look quiet; that is then one more.
        assertThat(System.nanoTime() - begin).isGreaterThan(limit.toNanos());
    }

    @Test
    void awaitChange_ignoredFilesAndOwnData_causeNothing() throws Exception {
        write("cache/x/a.md");
        write("store/lectern.db");
        write("out.log");
        Running watch = watch(root);
        assertThat(service.countFolders()).isEqualTo(1);
        whileBusy(
                root.resolve("movie.part"),
                () -> whileBusy(
                        root.resolve("store/lectern.db"),
                        () -> assertSilent(watch, () -> {
                            write("cache/x/b.md");
                            write(".git/index");
                            write("store/index/segments");
                            append(root.resolve("out.log"));
                        })));
        assertSilent(watch, () -> {
            try (Stream<Path> files = Files.walk(root.resolve("cache"))) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        });
    }

    @Test
    void awaitChange_folderOfLectern_isNotWatchedAndSaysWhy() throws Exception {
        objections.put(root, "The folder is a data folder of Lectern. Use another.");
        Running watch = watch(
                root,
                new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(100), CHECK, 1_000),
                Duration.ofMillis(200),
                access);
        await().atMost(LONG)
                .until(() -> watch.watcher.state().reason() != null
                        && watch.watcher.state().reason().contains("data folder"));
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);
        assertThat(watch.watcher.state().mode()).isEqualTo(WatchMode.NONE);
        assertThat(system.opened).hasValue(0);
        assertThat(watch.changes).hasValue(0);
    }

    @Test
    void awaitChange_newRules_holdForEventsToo() throws Exception {
        write("drafts/a.md");
        Running watch = watch(root);
        watch.awaitChange(() -> Files.writeString(root.resolve(".lecternignore"), "drafts/\n"));
        await().atMost(LONG).until(() -> service.countFolders() == 1);
        assertSilent(watch, () -> write("drafts/b.md"));
        watch.awaitChange(() -> Files.delete(root.resolve(".lecternignore")));
        await().atMost(LONG).until(() -> service.countFolders() == 2);
        watch.awaitChange(() -> write("drafts/c.md"));
    }

    @Test
    void awaitChange_ruleFileThatIsNotUtf8_isWatchedAllTheSame() throws Exception {
        Files.write(root.resolve(".lecternignore"), "# f\u00fcr Anna\ndrop.md\n".getBytes(StandardCharsets.ISO_8859_1));
        Running watch = watch(root);
        watch.awaitChange(() -> write("good.md"));
        assertThat(system.opened).hasValue(1);
    }

    @Test
    void awaitChange_rootThatVanishesAndReturns_isReportedBothTimes() throws Exception {
        write("sub/a.md");
        Running watch = watch(root);
        Path away = temporary.toRealPath().resolve("unmounted");
        watch.awaitChange(() -> Files.move(root, away));
        watch.awaitMode(WatchMode.NONE);
        assertThat(watch.watcher.state().reason()).contains("not there");
        watch.awaitChange(() -> Files.move(away, root));
        watch.awaitMode(WatchMode.EVENTS);
        watch.awaitChange(() -> write("sub/b.md"));
    }

    @Test
    void awaitChange_anotherFolderAtTheSamePath_isReportedAndWatched() throws Exception {
        write("a.md");
        Running watch = watch(root);
        Path other = Files.createDirectories(temporary.toRealPath().resolve("other"));
        watch.awaitChange(() -> {
            Files.move(root, temporary.resolve("former"));
            Files.move(other, root);
        });
        watch.awaitMode(WatchMode.EVENTS).awaitChange(() -> write("b.md"));
    }

    @Test
    void awaitChange_mountOverAWatchedFolder_isReported() throws Exception {
        write("disk/a.md");
        mounts = mount(1, Path.of("/"), "ext4");
        Running watch = watch(root);
        watch.awaitChange(() -> mounts = mount(1, Path.of("/"), "ext4") + mount(2, root.resolve("disk"), "ext4"));
        watch.awaitChange(() -> write("disk/b.md"));
        watch.awaitChange(() -> mounts = mount(1, Path.of("/"), "ext4"));
    }

    @Test
    void awaitChange_lostEvents_areMadeUpFor() throws Exception {
        write("sub/a.md");
        Running watch = watch(root);
        WatchEvent<Object> overflow = new WatchEvent<>() {
            @Override
            public WatchEvent.Kind<Object> kind() {
                return StandardWatchEventKinds.OVERFLOW;
            }

            @Override
            public int count() {
                return 1;
            }

            @Override
            public @Nullable Object context() {
                return null;
            }
        };
        watch.awaitChange(() -> watch.watcher.handleEvents(root, List.of(overflow)));
        // More events at once than the Java platform holds for a folder, or the watcher for all of them.
        watch.awaitChange(() -> {
            for (int i = 0; i < 3_000; i++) {
                Files.createFile(root.resolve("sub/" + i + ".md"));
            }
            write("sub/late/a.md");
        });
        await().atMost(LONG).until(() -> service.countFolders() == 3);
        watch.awaitChange(() -> write("sub/late/b.md"));
    }

    @Test
    void awaitChange_nestedAndEqualSources_areAllReported() throws Exception {
        write("sub/a.md");
        Running outer = watch(root);
        Running again = watch(root);
        Running inner = watch(root.resolve("sub"));
        assertThat(service.countFolders()).isEqualTo(2);
        assertThat(system.opened).hasValue(1);
        int before = outer.changes.get();
        int beforeAgain = again.changes.get();
        inner.awaitChange(() -> write("sub/b.md"));
        await().atMost(LONG).until(() -> outer.changes.get() > before && again.changes.get() > beforeAgain);

        outer.watcher.close();
        await().atMost(LONG).until(() -> outer.released);
        inner.awaitChange(() -> write("sub/c.md"));
        again.awaitChange(() -> write("sub/d.md"));
    }

    @Test
    void awaitChange_whileEventsPourIn_theRegularScanComes() throws Exception {
        Running watch = watch(
                root,
                new FolderWatcher.Settings(Duration.ofHours(1), NEVER, NEVER, CHECK, 1_000),
                Duration.ofMillis(300),
                access);
        whileBusy(root.resolve("app.log"), () -> await().atMost(LONG).until(() -> watch.intervals.get() >= 3));
    }

    @Test
    void awaitChange_instancesUsedUp_pollsAndSaysSoUntilThereAreSome() throws Exception {
        system.instancesUsedUp = true;
        write("a.md");
        Running watch = watch(
                root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(200), CHECK, 1_000), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().degraded()).isTrue();
        assertThat(watch.watcher.state().reason()).contains("fs.inotify.max_user_instances");
        assertThat(watch.watcher.state().interval()).isEqualTo(Duration.ofMillis(200));
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);

        system.instancesUsedUp = false;
        watch.awaitMode(WatchMode.EVENTS).awaitChange(() -> write("b.md"));
        assertThat(watch.watcher.state().reason()).isNull();
        assertThat(system.opened).hasValue(1);
    }

    @Test
    void awaitChange_watchesUsedUp_reportsWhatIsWatchedAndPollsTheRest() throws Exception {
        system.watches = 2;
        for (int i = 0; i < 5; i++) {
            write(i + "/a.md");
        }
        Running watch = watch(
                root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(200), CHECK, 1_000), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().degraded()).isTrue();
        assertThat(watch.watcher.state().reason()).contains("fs.inotify.max_user_watches");
        watch.awaitChange(() -> write("new.md"));
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);

        system.watches = 100;
        watch.awaitMode(WatchMode.EVENTS);
        for (int i = 0; i < 5; i++) {
            String file = i + "/b.md";
            watch.awaitChange(() -> write(file));
        }
    }

    @Test
    void awaitChange_moreFoldersThanAllowed_areMadeUpForByPolling() throws Exception {
        for (int i = 0; i < 5; i++) {
            write(i + "/a.md");
        }
        Running watch =
                watch(root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(200), CHECK, 3), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().reason())
                .contains("more than 3 folders")
                .contains("LECTERN_INGESTION_");
        assertThat(service.countFolders()).isEqualTo(3);
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);
    }

    @Test
    void awaitChange_withoutWatchedFolders_polls() {
        Running watch =
                watch(root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(100), CHECK, 0), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().degraded()).isFalse();
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);
        assertThat(system.opened).hasValue(0);
    }

    @Test
    void awaitChange_networkShare_isPolledAndNeverRegistered() throws Exception {
        mounts = mount(1, Path.of("/"), "ext4") + mount(2, root, "nfs4");
        Running watch = watch(
                root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(100), CHECK, 1_000), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().degraded()).isFalse();
        assertThat(watch.watcher.state().reason()).contains("network").contains("nfs4");
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);
        assertThat(system.registered).isEmpty();

        mounts = mount(1, Path.of("/"), "ext4");
        watch.awaitMode(WatchMode.EVENTS).awaitChange(() -> write("a.md"));
    }

    @Test
    void awaitChange_networkShareInTheFolder_isPolledBesides() throws Exception {
        write("share/a.md");
        write("local/a.md");
        mounts = mount(1, Path.of("/"), "ext4") + mount(2, root.resolve("share"), "cifs");
        Running watch = watch(
                root, new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofMillis(300), CHECK, 1_000), NEVER, access);
        watch.awaitMode(WatchMode.POLLING);
        assertThat(watch.watcher.state().degraded()).isFalse();
        assertThat(watch.watcher.state().reason()).contains("share");
        watch.awaitChange(() -> write("local/b.md"));
        await().atMost(LONG).until(() -> watch.intervals.get() >= 2);
        assertThat(system.registered).containsExactlyInAnyOrder(root, root.resolve("local"));
    }

    @Test
    void awaitChange_folderThatHangsWhileItIsRegistered_harmsNoOtherSource() throws Exception {
        Path hanging = Files.createDirectories(temporary.toRealPath().resolve("hanging"));
        FolderAccess impatient = new FolderAccess(Duration.ofMillis(300), InstantSource.system(), path -> {});
        Running other = watch(root);
        system.hanging = hanging;
        FolderWatcher.Settings polled = new FolderWatcher.Settings(SETTLE, NEVER, Duration.ofSeconds(1), CHECK, 1_000);
        Running stuck = watch(hanging, polled, NEVER, impatient);
        stuck.awaitMode(WatchMode.POLLING);
        assertThat(stuck.watcher.state().reason()).contains("respond");

        await().atMost(LONG).until(() -> system.opened.get() >= 2);
        other.awaitMode(WatchMode.EVENTS);
        other.awaitChange(() -> write("a.md"));
        // It is not tried again, in another watch service, as long as it hangs.
        int intervals = stuck.intervals.get();
        await().atMost(LONG).until(() -> stuck.intervals.get() > intervals + 5);
        assertThat(system.opened).hasValue(2);

        system.hanging = null;
        system.answer.countDown();
        stuck.awaitMode(WatchMode.EVENTS).awaitChange(() -> Files.writeString(hanging.resolve("b.md"), "Dogs."));
        other.awaitChange(() -> write("c.md"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void release_ofTheLastSource_givesEverythingBack() throws Exception {
        long before = countInotify();
        write("sub/a.md");
        Running one = watch(root);
        Running two = watch(root.resolve("sub"));
        assertThat(countInotify()).isEqualTo(before + 3);

        one.watcher.close();
        await().atMost(LONG).until(() -> countInotify() == before + 2);
        two.awaitChange(() -> write("sub/b.md"));
        two.watcher.close();
        await().atMost(LONG).until(() -> countInotify() == before);

        Running again = watch(root);
        again.awaitChange(() -> write("c.md"));
        again.watcher.close();
        await().atMost(LONG).until(() -> countInotify() == before);
    }

    /** Instances of this process, and folders that they watch. */
    private static long countInotify() throws IOException {
        long count = 0;
        try (Stream<Path> infos = Files.list(Path.of("/proc/self/fdinfo"))) {
            for (Path info : infos.toList()) {
                Path file = Path.of("/proc/self/fd").resolve(Objects.requireNonNull(info.getFileName()));
                try {
                    if (Files.readSymbolicLink(file).toString().equals("anon_inode:inotify")) {
                        count += 1
                                + Files.readAllLines(info).stream()
                                        .filter(line -> line.startsWith("inotify"))
                                        .count();
                    }
                } catch (IOException closedMeanwhile) {
                    // Counts no more.
                }
            }
        }
        return count;
    }
}
