package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.LineParser;
import dev.lectern.library.Document;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How folders are watched, told by sources, health and figures; with limits of the operating system that the test sets. */
@Timeout(180)
class SourceWatchTest {
    @TempDir
    Path temporary;

    private Path folder;
    private IngestionFixture fixture;
    private FakeFolderEventSystem system;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("vault"));
        start();
    }

    private void start() {
        fixture = IngestionFixture.open(
                folder.resolve("store"),
                new InMemoryIndexes(),
                new CountingEmbedder("counting"),
                new LineParser(),
                "spring.main.sources=" + FakeFolderEventSystem.class.getName(),
                "lectern.ingestion.settle=200ms",
                "lectern.ingestion.poll=300ms");
        system = fixture.context.getBean(FakeFolderEventSystem.class);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }

    private void awaitDocument(String title) {
        await().atMost(IngestionFixture.SOON)
                .until(() -> fixture.all().stream().map(Document::title).anyMatch(title::equals));
    }

    private Source find(SourceId source) {
        return fixture.context.getBean(SourceRepository.class).find(source).orElseThrow();
    }

    private Source awaitMode(SourceId source, WatchMode mode) {
        await().atMost(IngestionFixture.SOON).until(() -> find(source).watch().mode() == mode);
        return find(source);
    }

    private HealthCheck.Health health() {
        return fixture.context.getBeansOfType(HealthCheck.class).values().stream()
                .filter(check -> check.name().equals("ingestion"))
                .findFirst()
                .orElseThrow()
                .check();
    }

    @Test
    void addFolder_instancesUsedUp_isScannedRegularlyAndToldUntilThereAreSome() throws Exception {
        system.instancesUsedUp = true;
        write("a.md", "Adders.");
        SourceId source = fixture.sources
                .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                .id();

        Source polled = awaitMode(source, WatchMode.POLLING);
        assertThat(polled.watch().interval()).isEqualTo(Duration.ofMillis(300));
        assertThat(polled.watch().reason()).contains("fs.inotify.max_user_instances");
        awaitDocument("a.md");
        write("b.md", "Bats.");
        awaitDocument("b.md");
        HealthCheck.Health warning = health();
        assertThat(warning.state()).isEqualTo(HealthCheck.State.WARNING);
        assertThat(warning.sentence())
                .contains("The folder vault")
                .contains("every")
                .contains("fs.inotify.max_user_instances");
        SourceWatcherRegistry watchers = fixture.context.getBean(SourceWatcherRegistry.class);
        assertThat(watchers.count(WatchMode.POLLING)).isEqualTo(1);

        system.instancesUsedUp = false;
        awaitMode(source, WatchMode.EVENTS);
        await().atMost(IngestionFixture.SOON).until(() -> health().state() == HealthCheck.State.UP);
        assertThat(watchers.count(WatchMode.EVENTS)).isEqualTo(1);
        write("c.md", "Cats.");
        awaitDocument("c.md");
    }

    @Test
    void start_instancesUsedUp_scansTheKnownFolder() throws Exception {
        fixture.sources.addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT);
        fixture.close();
        write("a.md", "Adders.");
        start();
        system.instancesUsedUp = true;
        awaitDocument("a.md");
        write("b.md", "Bats.");
        awaitDocument("b.md");
    }

    @Test
    void addFolder_rulesThatAreNotUtf8_opensOneInstanceAndRemovingGivesItBack() throws Exception {
        Files.write(
                folder.resolve(".lecternignore"), "# f\u00fcr Anna\ndrop.md\n".getBytes(StandardCharsets.ISO_8859_1));
        write("good.md", "Good.");
        SourceId source = fixture.sources
                .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                .id();
        awaitMode(source, WatchMode.EVENTS);
        assertThat(system.opened).hasValue(1);
        FolderWatchService service = fixture.context.getBean(FolderWatchService.class);
        assertThat(service.countFolders()).isEqualTo(1);

        fixture.sources.remove(TestAccess.OPERATOR, source);
        await().atMost(IngestionFixture.SOON).until(() -> service.countFolders() == 0);
    }

    @Test
    void watch_dataFolderInside_causesNoScans() throws Exception {
        write("a.md", "Axolotls.");
        SourceId source = fixture.sources
                .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                .id();
        awaitMode(source, WatchMode.EVENTS);
        fixture.await(fixture.sources.scan(TestAccess.OPERATOR, source, false));
        write("b.md", "Bats.");
        awaitDocument("b.md");
        Source before = awaitRest(source);

        // Each job writes into the data folder. A scan would do so too, and so cause the next one.
        for (int i = 0; i < 5; i++) {
            TextDocument text = new TextDocument("t" + i, "T" + i, "Text " + i + ".");
            fixture.await(fixture.jobs.addTexts(TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(text)));
            assertThat(awaitRest(source).scannedAt()).isEqualTo(before.scannedAt());
        }
        assertThat(fixture.context.getBean(FolderWatchService.class).countFolders())
                .isEqualTo(1);
    }

    /** Waits until no scan has ended for longer than it takes until a change causes one. */
    private Source awaitRest(SourceId source) {
        AtomicReference<Source> last = new AtomicReference<>(find(source));
        await().atMost(IngestionFixture.SOON).during(Duration.ofMillis(600)).until(() -> {
            Source now = find(source);
            return now.equals(last.getAndSet(now));
        });
        return last.get();
    }

    @Test
    void watch_besidesABusyFile_findsTheNewOne() throws Exception {
        write("first.md", "Anteaters.");
        SourceId source = fixture.sources
                .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                .id();
        awaitMode(source, WatchMode.EVENTS);
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        TaskThreads.startVirtualThread("test-writer", () -> {
            try {
                while (!stopped.get()) {
                    Files.writeString(
                            folder.resolve("app.log"), "line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                ended.set(true);
            }
        });
        try {
            await().atMost(IngestionFixture.SOON).until(() -> Files.exists(folder.resolve("app.log")));
            write("new.md", "Narwhals.");
            awaitDocument("new.md");
        } finally {
            stopped.set(true);
            await().atMost(IngestionFixture.SOON).untilTrue(ended);
        }
    }
}
