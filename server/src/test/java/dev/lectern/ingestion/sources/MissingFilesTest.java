package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.LineParser;
import dev.lectern.ingestion.sources.SourceConnector.Listing;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.FileIdentity;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scan does with files that it does not find, that change while it reads, or that have the number of another file. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class MissingFilesTest {
    private static final long OLD = 1_000_000;

    @TempDir
    Path data;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private IngestionFixture ingestionFixture;
    private FileTableConnector files;
    private SourceId source;

    private void open(String... settings) {
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = "spring.main.sources=" + FileTableConnector.class.getName();
        ingestionFixture =
                IngestionFixture.open(data, indexes, new CountingEmbedder("counting"), new LineParser(), all);
        files = ingestionFixture.context.getBean(FileTableConnector.class);
        source = ingestionFixture
                .context
                .getBean(SourceRepository.class)
                .add(CollectionId.DEFAULT, FileTableConnector.KIND, "table", _ -> {});
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
    }

    private static FileIdentity identity(long device, long inode) {
        return new FileIdentity(device, inode, inode * 1_000);
    }

    private void fill(String folder, int count, long device) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        IntStream.range(0, count)
                .forEach(i -> files.put(
                        prefix + i + ".txt", "File " + prefix + i, OLD, identity(device, folder.hashCode() + i)));
        files.folders.put(folder, identity(device, folder.hashCode() - 1));
    }

    private Job scan() throws InterruptedException {
        return ingestionFixture.await(ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false));
    }

    private Job confirm() throws InterruptedException {
        return ingestionFixture.await(ingestionFixture.sources.scan(TestAccess.OPERATOR, source, true));
    }

    /** A scan that nobody asked for. Returns how many jobs there are afterwards. */
    private int scanAutomatically() throws InterruptedException {
        ScanWorker scans = ingestionFixture.context.getBean(ScanWorker.class);
        scans.request(SystemTask.SOURCE_SCAN, find(), false, true);
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        return ingestionFixture
                .jobs
                .page(TestAccess.OPERATOR, CollectionId.DEFAULT, null, 100)
                .items()
                .size();
    }

    private Source find() {
        return ingestionFixture
                .context
                .getBean(SourceRepository.class)
                .find(source)
                .orElseThrow();
    }

    private int documents() {
        return ingestionFixture.all().size();
    }

    @Test
    void scan_nineOfTenMissing_keepsThemUntilConfirmed() throws Exception {
        open();
        fill("", 10, 1);
        scan();
        files.files.headMap("9.txt").clear();

        Job held = scan();
        assertThat(held.status()).isEqualTo(JobStatus.FAILED);
        assertThat(held.reasonCode()).isEqualTo("needs_confirmation");
        assertThat(held.reason())
                .startsWith("9 of 10 files of the folder table are missing since ")
                .contains(
                        "they stay searchable",
                        "`lectern sources confirm " + source + "`",
                        "Otherwise they are deleted on");
        assertThat(find().reason()).isEqualTo(held.reason());
        assertThat(find().scannedAt()).isNotNull();
        assertThat(documents()).isEqualTo(10);
        assertThat(indexes.texts()).hasSize(10);

        assertThat(confirm().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(1);
        assertThat(find().reason()).isNull();
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_fileMissingInAFolderThatDoesNotTell_isKept() throws Exception {
        open();
        fill("", 40, 1);
        fill("share", 20, 2);
        scan();
        files.files.remove("share/3.txt");
        files.silent.add("share");

        assertThat(scan().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(documents()).isEqualTo(60);

        files.files.remove("3.txt");
        scan();
        assertThat(documents()).isEqualTo(59);
    }

    @Test
    void scan_automaticWithNothingNewlyMissing_endsQuietlyAndKeepsTheReason() throws Exception {
        open();
        fill("", 10, 1);
        scan();
        files.files.headMap("9.txt").clear();
        int jobs = scanAutomatically();
        assertThat(jobs).isEqualTo(2);
        String reason = find().reason();
        assertThat(reason).contains("9 of 10");

        assertThat(scanAutomatically()).isEqualTo(jobs);
        assertThat(find().reason()).isEqualTo(reason);
        assertThat(documents()).isEqualTo(10);
        assertThat(scan().reasonCode()).isEqualTo("needs_confirmation");
    }

    @Test
    void scan_fewMissing_deletesThemAtOnce() throws Exception {
        open();
        fill("", 60, 1);
        scan();
        List.of("1.txt", "2.txt", "3.txt").forEach(files.files::remove);
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(57);
    }

    @Test
    void scan_moreThanAFewMissing_keepsThem() throws Exception {
        open();
        fill("", 100, 1);
        scan();
        for (int i = 10; i < 16; i++) {
            files.files.remove(i + ".txt");
        }
        assertThat(scan().reason()).startsWith("6 of 100 files");
        assertThat(documents()).isEqualTo(100);
    }

    @Test
    void scan_mostOfASubfolderMissing_keepsThoseAndDeletesOthers() throws Exception {
        open();
        fill("", 60, 1);
        fill("sub", 3, 1);
        scan();
        List.of("sub/0.txt", "sub/1.txt", "7.txt").forEach(files.files::remove);
        assertThat(scan().reason()).startsWith("2 of 63 files");
        assertThat(documents()).isEqualTo(62);
    }

    @Test
    void scan_lostDisk_keepsEvenOneFile() throws Exception {
        open();
        fill("", 60, 1);
        fill("disk", 1, 2);
        scan();
        files.files.remove("disk/0.txt");
        files.folders.put("disk", identity(1, 77));

        assertThat(scan().reason()).startsWith("1 of 61 files of the folder table is missing since ");
        assertThat(documents()).isEqualTo(61);
        files.put("disk/0.txt", "File disk/0", OLD, identity(2, "disk".hashCode()));
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(61);

        files.files.remove("disk/0.txt");
        files.folders.put("disk", identity(2, 78));
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(60);
    }

    @Test
    void scan_folderThatDoesNotSayWhereItIs_keepsEvenOneFile() throws Exception {
        open();
        fill("", 60, 1);
        fill("disk", 1, 2);
        scan();
        files.files.remove("disk/0.txt");
        files.silent.add("disk");

        assertThat(scan().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(documents()).isEqualTo(61);
    }

    @Test
    void scan_missingTogetherWithANewProblem_keepsIt() throws Exception {
        open();
        fill("", 60, 1);
        fill("sub", 20, 1);
        files.findings.add(new SourceFinding("sub/old.txt", Kind.DANGLING_LINK, "It leads nowhere."));
        scan();
        files.files.remove("sub/0.txt");
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);

        files.files.remove("sub/1.txt");
        files.findings.add(new SourceFinding("sub/new.txt", Kind.DANGLING_LINK, "It leads nowhere."));
        assertThat(scan().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(indexes.texts()).contains("File sub/1");
        assertThat(confirm().status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).doesNotContain("File sub/1");
    }

    @Test
    void scan_confirmedWhileSomethingBecameWorse_keepsWhatIsNearIt() throws Exception {
        open();
        fill("", 20, 1);
        fill("sub", 20, 1);
        scan();
        files.files.subMap("sub/1", "sub/2").clear();
        scan();
        int before = documents();
        files.files.subMap("1", "2").clear();
        files.findings.add(new SourceFinding("sub/x", Kind.UNREADABLE_FOLDER, "It cannot be listed."));

        assertThat(confirm().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(documents()).isEqualTo(before);
        assertThat(confirm().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(before - 22);
    }

    @Test
    void scan_emptiedButForABrokenLink_keepsAll() throws Exception {
        open("lectern.ingestion.missing-grace=1ms");
        fill("", 10, 1);
        files.findings.add(new SourceFinding("link.txt", Kind.DANGLING_LINK, "It leads nowhere."));
        scan();
        files.files.clear();

        for (int i = 0; i < 3; i++) {
            Job held = scan();
            assertThat(held.reasonCode()).isEqualTo("needs_confirmation");
            assertThat(held.reason()).contains("is empty").contains("confirm");
            assertThat(indexes.texts()).hasSize(10);
        }
        assertThat(confirm().status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).isEmpty();
    }

    @Test
    void scan_folderThatIsGone_keepsAllBeyondTheGraceAndIsReportedOnce() throws Exception {
        open("lectern.ingestion.missing-grace=1ms");
        fill("", 10, 1);
        scan();
        files.instead = new Listing.Unavailable("Mount it, then scan it again.", true);

        int jobs = scanAutomatically();
        assertThat(find().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(find().reason())
                .startsWith("The folder table cannot be read.")
                .contains("Nothing was deleted");
        assertThat(scanAutomatically()).isEqualTo(jobs);
        assertThat(documents()).isEqualTo(10);

        files.instead = null;
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isEqualTo(10);
        files.instead = new Listing.Unavailable("Mount it, then scan it again.", true);
        // Nobody has seen yet that it is gone again.
        assertThat(confirm().reasonCode()).isEqualTo("needs_confirmation");
        assertThat(documents()).isEqualTo(10);
        assertThat(confirm().status()).isEqualTo(JobStatus.DONE);
        assertThat(documents()).isZero();
    }

    @Test
    void scan_folderThatCannotBeRead_deletesNothingEvenIfConfirmed() throws Exception {
        open();
        fill("", 10, 1);
        scan();
        files.instead = new Listing.Unavailable("Check its permissions, then scan it again.", false);
        int jobs = scanAutomatically();
        assertThat(scanAutomatically()).isEqualTo(jobs);
        for (int i = 0; i < 2; i++) {
            Job failed = confirm();
            assertThat(failed.reasonCode()).isEqualTo("unreadable");
            assertThat(failed.reason()).endsWith("Nothing was deleted.");
        }
        assertThat(documents()).isEqualTo(10);
    }

    @Test
    void scan_missingForTheGraceTime_deletesThem() throws Exception {
        open("lectern.ingestion.missing-grace=1s");
        fill("", 10, 1);
        scan();
        files.files.headMap("9.txt").clear();
        scan();
        assertThat(documents()).isEqualTo(10);
        Awaitility.await().atMost(IngestionFixture.SOON).until(() -> {
            scanAutomatically();
            return documents() == 1;
        });
        assertThat(find().reason()).isNull();
    }

    @Test
    void scan_fileRenamedWhileTheSourceIsListed_isNotDeleted() throws Exception {
        open();
        fill("", 10, 1);
        scan();
        DocumentId before = ingestionFixture.titled("3.txt").id();
        FileTableConnector.FileEntry file = files.files.remove("3.txt");
        files.afterList = () -> files.files.put("renamed.txt", file);
        scan();
        assertThat(ingestionFixture.find(before).orElseThrow().uri()).isEqualTo("folder:renamed.txt");
        assertThat(documents()).isEqualTo(10);
    }

    @Test
    void scan_linkedFileThatOverwroteAnotherWhileTheSourceIsListed_keepsItsDocument() throws Exception {
        open();
        fill("", 30, 1);
        files.put("0link.txt", "File 3", OLD, identity(1, 3));
        scan();
        DocumentId before = ingestionFixture.titled("0link.txt").id();
        FileTableConnector.FileEntry file = files.files.remove("3.txt");
        files.files.remove("0link.txt");
        files.findings.add(new SourceFinding("0link.txt", Kind.DANGLING_LINK, "It leads nowhere."));
        // No two listings are the same, so that the scan does not know whose place the file has taken.
        FileTableConnector.FileEntry other = files.files.get("4.txt");
        boolean[] moved = {false};
        files.afterList = () -> {
            moved[0] = !moved[0];
            files.files.put("4.txt", moved[0] ? file : other);
        };
        scan();
        files.afterList = () -> {};
        files.files.put("4.txt", file);
        scan();
        assertThat(ingestionFixture.find(before).orElseThrow().uri()).isEqualTo("folder:4.txt");
        assertThat(indexes.texts()).doesNotContain("File 4").contains("File 3");
    }

    @Test
    void scan_withoutInodes_filesThatExchangedTheirBytesKeepTheirDocuments() throws Exception {
        open();
        for (int i = 100; i < 300; i++) {
            files.put(i + ".txt", "File " + i, OLD, null);
        }
        scan();
        DocumentId first = ingestionFixture.titled("100.txt").id();
        DocumentId last = documentAt("299.txt").id();
        files.put("100.txt", "File 299", OLD + 1, null);
        files.put("299.txt", "File 100", OLD + 1, null);
        scan();
        assertThat(documentAt("299.txt").id()).isEqualTo(first);
        assertThat(documentAt("100.txt").id()).isEqualTo(last);
        ingestionFixture.awaitAgreement();
    }

    private Document documentAt(String path) {
        return ingestionFixture
                .documents
                .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, path, null, 200))
                .items()
                .stream()
                .map(document -> ingestionFixture.find(document.id()).orElseThrow())
                .filter(document -> document.uri().equals("folder:" + path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scan_withoutInodes_movedFileWhoseNameHasNewBytesKeepsItsDocument() throws Exception {
        open();
        files.put("log.txt", "Day one.", OLD, null);
        scan();
        DocumentId before = documentAt("log.txt").id();
        files.put("log.txt", "Day two.", OLD + 1, null);
        files.put("log1.txt", "Day one.", OLD, null);
        scan();
        assertThat(documentAt("log1.txt").id()).isEqualTo(before);
        assertThat(documents()).isEqualTo(2);
    }

    @Test
    void scan_numberOfADeletedFileGivenToANewOne_isANewDocument() throws Exception {
        open();
        fill("", 30, 1);
        files.put("old.txt", "The contract of 2019.", OLD, new FileIdentity(1, 5, 0));
        files.put("older.txt", "The contract of 2018.", OLD, new FileIdentity(1, 6, 1_000));
        scan();
        DocumentId before = documentAt("old.txt").id();
        DocumentId older = documentAt("older.txt").id();
        files.files.remove("old.txt");
        files.files.remove("older.txt");
        files.put("new.txt", "A shopping list.", OLD + 5, new FileIdentity(1, 5, 0));
        files.put("newer.txt", "A timetable.", OLD + 5, new FileIdentity(1, 6, 9_000));
        scan();
        assertThat(ingestionFixture.find(before)).isEmpty();
        assertThat(ingestionFixture.find(older)).isEmpty();
        assertThat(documents()).isEqualTo(32);
    }

    @Test
    void scan_comparingContents_findsWhatNoAttributeShows() throws Exception {
        open();
        files.put("a.txt", "Cats sleep.", OLD, null);
        scan();
        files.put("a.txt", "Cats dream.", OLD, null);
        scan();
        assertThat(indexes.texts()).containsExactly("Cats sleep.");
        ScanWorker scans = ingestionFixture.context.getBean(ScanWorker.class);
        ingestionFixture.await(scans.request(TestAccess.OPERATOR, find(), false, true, false));
        assertThat(indexes.texts()).containsExactly("Cats dream.");
    }

    @Test
    void scan_diskWithAnotherNumber_readsNothing() throws Exception {
        open();
        fill("", 10, 1);
        scan();
        files.opened.clear();
        fill("", 10, 2);
        scan();
        assertThat(files.opened).isEmpty();
        fill("", 10, 2);
        files.put("3.txt", "File 3", OLD, identity(2, 99));
        scan();
        assertThat(files.opened).containsExactly("3.txt");
    }

    @Test
    void scan_fileThatChangesWhileItIsRead_delaysOnlyItselfAndIsReadInTheEnd() throws Exception {
        open("lectern.ingestion.settle=50ms", "lectern.ingestion.settle-limit=1s");
        files.put("busy.txt", "Line.", System.currentTimeMillis(), identity(1, 1));
        files.put("quiet.txt", "Dogs bark.", OLD, identity(1, 2));
        files.beforeOpen = path -> {
            if (path.equals("busy.txt")) {
                FileTableConnector.FileEntry now = Objects.requireNonNull(files.files.get("busy.txt"));
                files.put("busy.txt", now.text() + " Line.", System.currentTimeMillis(), identity(1, 1));
            }
        };
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(indexes.texts()).containsExactly("Dogs bark.");

        // No further request: the scan asks for the next one itself.
        Awaitility.await()
                .atMost(IngestionFixture.SOON)
                .until(() -> indexes.texts().stream().anyMatch(text -> text.startsWith("Line. Line.")));
        assertThat(ingestionFixture
                        .context
                        .getBean(SourceFindingRepository.class)
                        .count(source))
                .containsEntry(Kind.BUSY, 1L);
        int read = files.opened.size();
        assertThat(read).isLessThan(20);

        files.beforeOpen = path -> {};
        files.put("busy.txt", "The end.", OLD, identity(1, 1));
        scan();
        assertThat(indexes.texts()).containsExactly("Dogs bark.", "The end.");
        assertThat(ingestionFixture
                        .context
                        .getBean(SourceFindingRepository.class)
                        .count(source))
                .isEmpty();
    }

    @Test
    void scan_automaticWhileAnEditorSaves_waitsForTheLastStep() throws Exception {
        open("lectern.ingestion.settle=1s");
        fill("", 30, 1);
        files.put("a.txt", "Cats sleep.", OLD, identity(1, 500));
        scan();
        DocumentId before = documentAt("a.txt").id();
        long now = System.currentTimeMillis();
        // The former file is set aside, and the new one is being written.
        files.files.remove("a.txt");
        files.files.put("a~", new FileTableConnector.FileEntry("Cats sleep.", OLD, now, identity(1, 500)));
        files.put("a.txt", "Cats", now, identity(1, 501));
        scanAutomatically();
        files.files.remove("a~");
        files.put("a.txt", "Cats hunt.", OLD + 5, identity(1, 501));
        Awaitility.await()
                .atMost(IngestionFixture.SOON)
                .until(() -> indexes.texts().contains("Cats hunt."));
        assertThat(documentAt("a.txt").id()).isEqualTo(before);
        assertThat(documents()).isEqualTo(31);
    }
}
