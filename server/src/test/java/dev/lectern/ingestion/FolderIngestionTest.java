package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

@OnEveryDatabase
class FolderIngestionTest {
    private static final String LONG = "The quick brown fox jumps over the lazy dog and runs into the deep dark wood. ";

    private static final String OPERATOR_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ\n";

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private Path folder;
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private IngestionFixture ingestionFixture;

    FolderIngestionTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        ingestionFixture = openWith("lectern.ingestion.settle=1h");
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
        database.close();
    }

    private IngestionFixture openWith(String setting) {
        return IngestionFixture.open(temporary.resolve("data"), indexes, embedder, parser, database.settings(setting));
    }

    /** Old enough to be believed unchanged. */
    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(text.hashCode())));
    }

    @Test
    void scan_newFiles_areShown() throws Exception {
        write("a.txt", "Cats sleep.\n");
        write("sub/b.txt", "# Dogs\nDogs bark.\n");

        Job job = ingestionFixture.scan(folder);

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(job.progress().done()).isEqualTo(2);
        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.txt", "b.txt");
        assertThat(ingestionFixture.all()).extracting(Document::status).containsOnly(DocumentStatus.DONE);
        assertThat(ingestionFixture.texts(ingestionFixture.titled("a.txt"))).containsExactly("Cats sleep.");
        assertThat(ingestionFixture
                        .documents
                        .text(
                                TestAccess.OPERATOR,
                                ingestionFixture.titled("b.txt").id())
                        .orElseThrow()
                        .headings())
                .extracting("title")
                .containsExactly("# Dogs");
        assertThat(indexes.texts()).anyMatch(text -> text.contains("Dogs bark."));
        ingestionFixture.awaitAgreement();
    }

    /** Jobs of automatic scans without changes are deleted between one look and the next. */
    @Test
    void findScan_whileAutomaticScansComeAndGo_neverFails() throws Exception {
        ingestionFixture.close();
        ingestionFixture = openWith("lectern.ingestion.rescan=100ms");
        write("a.txt", "Cats sleep.");
        Source source = ingestionFixture.sources.addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT);
        Set<JobId> seen = new HashSet<>();
        await().atMost(IngestionFixture.SOON)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    for (int i = 0; i < 50; i++) {
                        ingestionFixture
                                .jobs
                                .findScan(TestAccess.OPERATOR, source.id())
                                .ifPresent(job -> seen.add(job.id()));
                    }
                    return seen.size() > 8;
                });
    }

    /** As a scan at the start of a server, or of a watcher, that comes a moment before the one that a person asks for. */
    @Test
    void scan_whileAnAutomaticOneHasTheFiles_endsOnceTheyAreRead() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        SourceId source = ingestionFixture
                .sources
                .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                .getFirst()
                .id();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        embedder.before = () -> {
            reading.countDown();
            try {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        write("a.txt", "Cats hunt.");
        // Not within the time for which an automatic scan lets a file rest.
        Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.from(Instant.parse("2090-01-01T00:00:00Z")));
        JobId automatic = ingestionFixture
                .context
                .getBean(JobRepository.class)
                .createScan(SystemTask.SOURCE_SCAN, source, CollectionId.DEFAULT, false, true);
        ingestionFixture.sources.wakeScans();
        assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();

        int parsed = parser.parsed.get();
        JobId asked = ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false);
        await().atMost(IngestionFixture.SOON).until(() -> hasScanned(asked));
        assertThat(ingestionFixture.jobs.job(TestAccess.OPERATOR, asked).status())
                .isEqualTo(JobStatus.RUNNING);
        goOn.countDown();

        assertThat(ingestionFixture.await(asked).status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.texts(ingestionFixture.titled("a.txt"))).containsExactly("Cats hunt.");
        assertThat(ingestionFixture.await(automatic).status()).isEqualTo(JobStatus.DONE);
        assertThat(parser.parsed.get()).as("read once").isEqualTo(parsed);
    }

    private boolean hasScanned(JobId job) {
        return ingestionFixture
                        .context
                        .getBean(JdbcClient.class)
                        .sql("SELECT scanned FROM job WHERE id = ?")
                        .param(job.value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    @Test
    void scan_unchanged_parsesAndEmbedsNothing() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "broken");
        ingestionFixture.scan(folder);
        int parsed = parser.parsed.get();
        int embedded = embedder.count();
        long generation = ingestionFixture.generation(CollectionId.DEFAULT);

        Job job = ingestionFixture.scan(folder);

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(parser.parsed).hasValue(parsed);
        assertThat(embedder.count()).isEqualTo(embedded);
        assertThat(ingestionFixture.generation(CollectionId.DEFAULT)).isEqualTo(generation);
    }

    @Test
    void scan_touchedButEqual_parsesNothing() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        Files.setLastModifiedTime(folder.resolve("a.txt"), FileTime.from(Instant.parse("2026-02-02T00:00:00Z")));

        ingestionFixture.scan(folder);

        assertThat(parser.parsed).hasValue(1);
        assertThat(ingestionFixture.titled("a.txt").version()).isEqualTo(1);
    }

    @Test
    void scan_editedFile_keepsIdAndEmbedsOnlyWhatChanged() throws Exception {
        write(
                "a.txt",
                "# One\n" + LONG.repeat(3) + "\n# Two\n"
                        + LONG.replace("the", "THE").repeat(3));
        ingestionFixture.scan(folder);
        Document before = ingestionFixture.titled("a.txt");
        int embedded = embedder.count();
        assertThat(before.passages()).isGreaterThan(1);

        write(
                "a.txt",
                "# One\n" + LONG.repeat(3) + "\n# Two\nNew words. "
                        + LONG.replace("the", "THE").repeat(3));
        ingestionFixture.scan(folder);

        Document after = ingestionFixture.titled("a.txt");
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.version()).isEqualTo(2);
        assertThat(embedder.count() - embedded).isBetween(1, before.passages());
        assertThat(embedder.embedded.values()).containsOnly(1);
        ingestionFixture.awaitAgreement();
        assertThat(indexes.texts()).hasSize(after.passages());
    }

    @Test
    void scan_equalFiles_areOneDocumentUntilTheLastIsGone() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Cats sleep.");
        write("c.txt", "Something else.");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(2);
        Document both = ingestionFixture.titled("a.txt");
        assertThat(both.locations()).extracting("path").containsExactly("a.txt", "b.txt");

        Files.delete(folder.resolve("a.txt"));
        ingestionFixture.scan(folder);
        Document left = ingestionFixture.find(both.id()).orElseThrow();
        assertThat(left.uri()).endsWith("b.txt");

        Files.delete(folder.resolve("b.txt"));
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.find(both.id())).isEmpty();
        assertThat(indexes.texts()).containsExactly("Something else.");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_editedCopy_becomesADocumentOfItsOwn() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        Document first = ingestionFixture.all().getFirst();

        write("b.txt", "Cats sleep all day.");
        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).hasSize(2);
        assertThat(ingestionFixture.texts(ingestionFixture.find(first.id()).orElseThrow()))
                .containsExactly("Cats sleep.");
        assertThat(ingestionFixture.titled("b.txt").id()).isNotEqualTo(first.id());
    }

    @Test
    void scan_renamedFile_keepsIdAndCostsNothing() throws Exception {
        write("a.txt", "Cats sleep.");
        write("z.txt", "Something else.");
        ingestionFixture.scan(folder);
        Document before = ingestionFixture.titled("a.txt");
        int parsed = parser.parsed.get();

        Files.move(folder.resolve("a.txt"), folder.resolve("renamed.txt"));
        ingestionFixture.scan(folder);

        Document after = ingestionFixture.find(before.id()).orElseThrow();
        assertThat(after.uri()).endsWith("renamed.txt");
        assertThat(parser.parsed).hasValue(parsed);
    }

    @Test
    void scan_suddenlyEmpty_deletesNothingUntilConfirmed() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        Files.delete(folder.resolve("a.txt"));

        Job refused = ingestionFixture.scan(folder);
        assertThat(refused.status()).isEqualTo(JobStatus.FAILED);
        assertThat(refused.reasonCode()).isEqualTo("needs_confirmation");
        assertThat(refused.reason()).contains("empty").contains("confirm");
        assertThat(ingestionFixture.all()).hasSize(1);

        Job confirmed = ingestionFixture.await(
                ingestionFixture.sources.scan(TestAccess.OPERATOR, Objects.requireNonNull(refused.source()), true));
        assertThat(confirmed.status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all()).isEmpty();
        assertThat(indexes.texts()).isEmpty();
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_missingRoot_deletesNothing() throws Exception {
        write("a.txt", "Cats sleep.");
        Job first = ingestionFixture.scan(folder);
        Files.move(folder, temporary.resolve("unmounted"));

        Job refused = ingestionFixture.await(
                ingestionFixture.sources.scan(TestAccess.OPERATOR, Objects.requireNonNull(first.source()), false));

        assertThat(refused.status()).isEqualTo(JobStatus.FAILED);
        assertThat(refused.reason()).contains("cannot be read").contains("Nothing was deleted");
        assertThat(ingestionFixture.all()).hasSize(1);
    }

    @Test
    void scan_mostOfManyVanished_needsConfirmation() throws Exception {
        for (int i = 0; i < 24; i++) {
            write(i + ".txt", "Number " + i);
        }
        ingestionFixture.scan(folder);
        for (int i = 0; i < 13; i++) {
            Files.delete(folder.resolve(i + ".txt"));
        }
        write("new.txt", "Comes in all the same.");

        Job refused = ingestionFixture.scan(folder);

        assertThat(refused.reasonCode()).isEqualTo("needs_confirmation");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(25));
        ingestionFixture.await(
                ingestionFixture.sources.scan(TestAccess.OPERATOR, Objects.requireNonNull(refused.source()), true));
        assertThat(ingestionFixture.all()).hasSize(12);
    }

    @Test
    void scan_refusedFile_failsWithItsReasonAndCanBeMended() throws Exception {
        write("a.txt", "broken");
        write("b.txt", "Cats sleep.");

        Job job = ingestionFixture.scan(folder);
        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(job.progress().failed()).isEqualTo(1);
        Document failed = ingestionFixture.titled("a.txt");
        assertThat(failed.status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(failed.reason()).isEqualTo("The file is damaged. Save it again.");

        write("a.txt", "Mended.");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.titled("a.txt").status()).isEqualTo(DocumentStatus.DONE);
        assertThat(ingestionFixture.titled("a.txt").reason()).isNull();
    }

    @Test
    void scan_ignoredFiles_areLeftOut() throws Exception {
        write("a.txt", "Cats sleep.");
        write(".hidden", "Hidden.");
        write("node_modules/x.txt", "Module.");
        write("drafts/x.txt", "Draft.");
        write("notes.bak", "Backup.");
        write("keep.bak", "Kept.");
        write(".lecternignore", "drafts/\n*.bak\n!keep.bak\n");

        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.txt", "keep.bak");
    }

    @Test
    void scan_newRule_deletesWhatItLeavesOutAtOnce() throws Exception {
        for (int i = 1; i <= 30; i++) {
            write("build/" + i + ".md", "Build " + i);
        }
        for (int i = 1; i <= 5; i++) {
            write("n" + i + ".md", "Note " + i);
        }
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(35);
        write(".lecternignore", "build/\n");

        Job job = ingestionFixture.scan(folder);

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all())
                .extracting(Document::title)
                .containsExactly("n1.md", "n2.md", "n3.md", "n4.md", "n5.md");
        ingestionFixture.awaitAgreement();
        assertThat(indexes.texts()).noneMatch(text -> text.contains("Build"));
    }

    @Test
    void scan_emptiedFolderWhoseRulesTookFilesInAgain_keepsThem() throws Exception {
        write(".lecternignore", "*.log\n");
        write("share/.lecternignore", "!*.log\n!.plans/\n");
        write("share/a.log", "Cats sleep.");
        write("share/.plans/b.txt", "Dogs bark.");
        write("gone/.lecternignore", "!*.log\n");
        write("gone/c.log", "Birds sing.");
        for (int i = 0; i < 3; i++) {
            write("share/" + i + ".txt", "Share " + i);
            write("gone/" + i + ".txt", "Gone " + i);
        }
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(9);
        FileSystemUtils.deleteRecursively(folder.resolve("share"));
        Files.createDirectory(folder.resolve("share"));
        FileSystemUtils.deleteRecursively(folder.resolve("gone"));

        Job job = ingestionFixture.scan(folder);

        assertThat(job.reasonCode()).isEqualTo("needs_confirmation");
        assertThat(ingestionFixture.all()).hasSize(9);
    }

    @Test
    void scan_rootThatCannotBeAskedAbout_doesNotCountAsGone() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        Files.delete(folder.resolve("a.txt"));
        Job held = ingestionFixture.scan(folder);
        assertThat(held.reasonCode()).isEqualTo("needs_confirmation");
        Files.delete(folder);
        Files.createSymbolicLink(folder, folder);

        Job job = ingestionFixture.await(
                ingestionFixture.sources.scan(TestAccess.OPERATOR, Objects.requireNonNull(held.source()), true));

        assertThat(job.reasonCode()).isEqualTo("unreadable");
        assertThat(ingestionFixture.all()).hasSize(1);
    }

    @Test
    void scan_rulesInLatin1_areReadAndTheFolderIsTakenIn() throws Exception {
        write("good.md", "Good.");
        write("drop.md", "Drop.");
        Files.write(
                folder.resolve(".lecternignore"), "# f\u00FCr Anna\ndrop.md\n".getBytes(StandardCharsets.ISO_8859_1));

        Job job = ingestionFixture.scan(folder);

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("good.md");
    }

    @Test
    void scan_ownPatternInTheSettings_addsToTheBuiltInOnes() throws Exception {
        ingestionFixture.close();
        ingestionFixture = openWith("lectern.ingestion.ignore=*.bak,!.github/");
        write("z.md", "Note.");
        write("n.bak", "Backup.");
        write(".git/config.md", "Internals.");
        write(".obsidian/x.md", "Settings.");
        write(".github/workflow.md", "Workflow.");

        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("workflow.md", "z.md");
    }

    @Test
    void scan_gitignore_countsWhenTheSettingSaysSo() throws Exception {
        write("a.md", "Cats sleep.");
        write("out/b.md", "Dogs bark.");
        write(".gitignore", "out/\n");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(2);
        ingestionFixture.close();
        ingestionFixture = openWith("lectern.ingestion.gitignore=true");

        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.md");
    }

    @Test
    void addFolder_dataFolder_isRefusedWithTheReason() {
        Path data = temporary.resolve("data");

        assertThatThrownBy(() -> ingestionFixture.scan(data))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("is a data folder of Lectern")
                .hasMessageContaining("keep the data elsewhere with LECTERN_DATA");
        assertThat(ingestionFixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT))
                .isEmpty();
    }

    @Test
    void scan_dataFolderWithin_isNeitherReadNorWatched(@TempDir Path elsewhere) throws Exception {
        write("a.md", "Cats sleep.");
        ingestionFixture.close();
        ingestionFixture = openWith("lectern.ingestion.settle=50ms");

        ingestionFixture.scan(temporary);

        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.md");
        // Another folder shows when changes that were made before are known.
        Path control = Files.createDirectories(elsewhere.resolve("control"));
        ingestionFixture.scan(control);
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        Instant scannedAt = scannedAt(temporary);
        for (int i = 0; i < 20; i++) {
            Files.writeString(temporary.resolve("data/key"), OPERATOR_KEY);
            Files.writeString(temporary.resolve("data/originals/file-" + i), "An original.");
        }
        Files.writeString(control.resolve("b.md"), "Dogs bark.");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(2));
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        assertThat(scannedAt(temporary)).isEqualTo(scannedAt);
    }

    private Instant scannedAt(Path location) throws IOException {
        String path = location.toRealPath().toString();
        return ingestionFixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT).stream()
                .filter(source -> source.location().equals(path))
                .map(Source::scannedAt)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scan_sourceThatIsTheDataFolder_losesItsOwnFilesAndKeepsTheOthers() throws Exception {
        write("a.md", "Cats sleep.");
        write("originals-of-mine/b.md", "Dogs bark.");
        write("originals/c.md", "An original.");
        write("key", "Nobody's key.");
        Source source = scanAndFindSource();
        assertThat(ingestionFixture.all()).hasSize(4);
        // What an earlier version accepted.
        write("key", OPERATOR_KEY);
        Files.createFile(folder.resolve("lock"));

        Job job = ingestionFixture.await(ingestionFixture.sources.scan(TestAccess.OPERATOR, source.id(), false));

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.reason()).contains("is a data folder of Lectern");
        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.md", "b.md");
        ingestionFixture.awaitAgreement();
    }

    private Source scanAndFindSource() throws InterruptedException {
        ingestionFixture.scan(folder);
        return ingestionFixture
                .sources
                .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                .getFirst();
    }

    @Test
    void scan_links_stayInside() throws Exception {
        write("a.txt", "Cats sleep.");
        Path outside = Files.writeString(temporary.resolve("secret.txt"), "Secret.");
        Files.createSymbolicLink(folder.resolve("out.txt"), outside);
        Files.createSymbolicLink(folder.resolve("in.txt"), folder.resolve("a.txt"));
        Files.createSymbolicLink(folder.resolve("nowhere.txt"), folder.resolve("missing.txt"));
        Files.createSymbolicLink(folder.resolve("away.txt"), Path.of("../../elsewhere/missing.txt"));

        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.titled("a.txt").locations())
                .extracting("path")
                .containsExactly("a.txt", "in.txt");
        assertThat(ingestionFixture.titled("nowhere.txt").reason()).contains("link to a file that is not there");
        assertThat(ingestionFixture.titled("away.txt").reason()).contains("outside the source where nothing is");
        assertThat(ingestionFixture.all()).hasSize(3);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_namesOfAnyBytes_areDocumentsThatAreToldApart() throws Exception {
        List<String> names =
                List.of("a b.txt", "a\nb.txt", "a  b.txt", "caf\\xE9.txt", "caf\\x5CxE9.txt", "ü.txt", "u\u0308.txt");
        for (String name : names) {
            Files.writeString(FolderPath.resolve(folder, name), "The text of " + names.indexOf(name) + ".");
        }
        ingestionFixture.scan(folder);
        ingestionFixture.scan(folder);

        List<Document> documents = ingestionFixture.all();
        assertThat(documents).hasSameSizeAs(names).allMatch(one -> one.status() == DocumentStatus.DONE);
        assertThat(documents)
                .extracting(Document::uri)
                .containsExactlyInAnyOrder(
                        "folder:a b.txt",
                        "folder:a\\u000Ab.txt",
                        "folder:a \\u0020b.txt",
                        "folder:caf\\xE9.txt",
                        "folder:caf\\x5CxE9.txt",
                        "folder:ü.txt",
                        "folder:u\u0308.txt");
        assertThat(documents).extracting(Document::title).doesNotHaveDuplicates();
        Files.delete(FolderPath.resolve(folder, "caf\\xE9.txt"));
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all())
                .extracting(Document::title)
                .doesNotContain("caf\\xE9.txt")
                .contains("caf\\x5CxE9.txt");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void delete_document_staysAwayUntilItsFileChanges() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Dogs bark.");
        ingestionFixture.scan(folder);

        ingestionFixture.documents.delete(
                TestAccess.OPERATOR, ingestionFixture.titled("a.txt").id());
        assertThat(indexes.texts()).containsExactly("Dogs bark.");
        ingestionFixture.awaitAgreement();
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(1);

        write("a.txt", "Cats sleep again.");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(2);
    }

    @Test
    void removeSource_takesItsDocumentsAlong() throws Exception {
        write("a.txt", "Cats sleep.");
        Job job = ingestionFixture.scan(folder);

        ingestionFixture.sources.remove(TestAccess.OPERATOR, Objects.requireNonNull(job.source()));

        assertThat(ingestionFixture.all()).isEmpty();
        assertThat(ingestionFixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT))
                .isEmpty();
        ingestionFixture.awaitAgreement();
    }

    @Test
    void watch_newIgnoreRules_holdAtOnce() throws Exception {
        ingestionFixture.close();
        write(".lecternignore", "drafts/\n");
        write("drafts/b.txt", "Dogs bark.");
        ingestionFixture = openWith("lectern.ingestion.settle=50ms");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).isEmpty();

        write(".lecternignore", "# nothing\n");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(1));
        write("drafts/c.txt", "Cats sleep.");
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(2));
    }

    @Test
    void watch_rootThatWasAwayAtTheStart_isTakenUpWhenItIsBack() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        ingestionFixture.close();
        Path away = Files.move(folder, temporary.resolve("unmounted"));
        ingestionFixture = openWith("lectern.ingestion.settle=50ms");
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        assertThat(ingestionFixture.all()).hasSize(1);

        Files.move(away, folder);
        write("b.txt", "Dogs bark.");

        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(2));
    }

    @Test
    void watch_changedFolder_isScannedByItself() throws Exception {
        ingestionFixture.close();
        ingestionFixture = openWith("lectern.ingestion.settle=50ms");
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);

        write("deep/er/b.txt", "Dogs bark.");

        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all())
                        .extracting(Document::title, Document::status)
                        .contains(org.assertj.core.groups.Tuple.tuple("b.txt", DocumentStatus.DONE)));
        Files.delete(folder.resolve("a.txt"));
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(ingestionFixture.all()).hasSize(1));
        ingestionFixture.awaitAgreement();
        List<String> texts = indexes.texts();
        assertThat(texts).containsExactly("Dogs bark.");
    }
}
