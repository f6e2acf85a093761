package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.library.Document;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.library.consistency.Reconciler.Repair;
import dev.lectern.library.consistency.Reconciler.Report;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real database and index, which are put wrong behind the library's back while it runs. */
class ReconcilerTest {
    private static final String NOBODYS = "ab" + "0".repeat(62);

    @TempDir
    Path temporary;

    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private Path folder;
    private IngestionFixture ingestionFixture;
    private Reconciler reconciler;
    private OriginalStore originals;
    private PassageIndex index;
    private List<Document> before;
    private long generation;
    private int embedded;

    @BeforeEach
    void ingest() throws Exception {
        folder = Files.createDirectories(temporary.resolve("folder"));
        for (int i = 0; i < 12; i++) {
            write(i, "first");
        }
        ingestionFixture = IngestionFixture.openWithLucene(
                temporary.resolve("data"), embedder, new LineParser(), "lectern.ingestion.settle=1h");
        ingestionFixture.scan(folder);
        ingestionFixture.awaitAgreement();
        reconciler = ingestionFixture.context.getBean(Reconciler.class);
        originals = ingestionFixture.context.getBean(OriginalStore.class);
        index = ingestionFixture.context.getBean(EmbedderIndexRegistry.class).open(embedder.fingerprint());
        before = ingestionFixture.all();
        generation = generation();
        embedded = embedder.count();
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
    }

    private void write(int number, String words) throws Exception {
        Files.writeString(folder.resolve(number + ".txt"), "# Part\nThis is the " + words + " text " + number + ".");
    }

    private long generation() {
        return ingestionFixture.generation(CollectionId.DEFAULT);
    }

    private void plant(String id, DocumentId document, int version) {
        float[] vector = new float[embedder.fingerprint().dimensions()];
        vector[0] = 1;
        index.add(List.of(new IndexedPassage(
                new PassageId(id),
                CollectionId.DEFAULT,
                document,
                version,
                "en",
                "",
                List.of(),
                "Nobody knows this.",
                vector)));
    }

    /** Repairs, and nothing is left. */
    private Report repaired() {
        Repair repair = reconciler.repair(TestAccess.OPERATOR);
        assertThat(repair.left()).matches(Report::agrees);
        assertThat(reconciler.compare(TestAccess.OPERATOR)).matches(Report::agrees);
        assertThat(ingestionFixture.all()).isEqualTo(before);
        assertThat(embedder.count()).isEqualTo(embedded);
        return repair.found();
    }

    @Test
    void repair_healthyLibrary_touchesNothing() {
        assertThat(repaired()).matches(Report::agrees);
        assertThat(generation()).isEqualTo(generation);
    }

    @Test
    void documentLostFromTheIndex_isReportedAndAddedAgain() {
        DocumentId lost = before.getFirst().id();
        index.delete(List.of(new PassageSelection.OfDocument(lost)));
        assertThat(reconciler.compare(TestAccess.OPERATOR).missingInIndex()).containsExactly(lost + ".1");
        assertThat(generation()).isEqualTo(generation);
        assertThat(repaired().missingInIndex()).hasSize(1);
        assertThat(generation()).isGreaterThan(generation);
    }

    @Test
    void passageTooMuchOfAShownVersion_isReportedAndGoes() {
        DocumentId document = before.getFirst().id();
        plant(document + ".1.99", document, 1);
        assertThat(reconciler.compare(TestAccess.OPERATOR).missingInIndex())
                .singleElement()
                .asString()
                .contains(document.value(), "passages");
        repaired();
        assertThat(generation()).isGreaterThan(generation);
    }

    @Test
    void versionThatNobodyIsShown_isReportedAndGoes() {
        plant("none.1.0", new DocumentId("none"), 1);
        assertThat(reconciler.compare(TestAccess.OPERATOR).strayInIndex()).containsExactly("none.1");
        assertThat(repaired().strayInIndex()).containsExactly("none.1");
        assertThat(generation()).isGreaterThan(generation);
    }

    @Test
    void originalLost_isReported_andStoredAgainByTheNextScan() throws Exception {
        Path file = originals.file(Sha256.hex(folder.resolve("3.txt")));
        Files.delete(file);
        Repair repair = reconciler.repair(TestAccess.OPERATOR);
        assertThat(repair.found().missingOriginals()).hasSize(1);
        assertThat(repair.left().missingOriginals()).isEqualTo(repair.found().missingOriginals());
        ingestionFixture.scan(folder);
        assertThat(file).exists();
        repaired();
        assertThat(generation()).isEqualTo(generation);
    }

    @Test
    void originalThatNoDocumentHas_isReportedAndDeleted() throws Exception {
        Path file = originals.file(NOBODYS);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "Nobody's.");
        assertThat(reconciler.compare(TestAccess.OPERATOR).strayOriginals()).containsExactly(NOBODYS);
        assertThat(file).exists();
        assertThat(repaired().strayOriginals()).containsExactly(NOBODYS);
        assertThat(file).doesNotExist();
        assertThat(generation()).isEqualTo(generation);
    }

    @Test
    void originalThatGetsItsDocumentNext_isNoDrift() throws Exception {
        String hash = originals
                .store(new ByteArrayInputStream("Soon.".getBytes(StandardCharsets.UTF_8)), 100)
                .hash();
        assertThat(reconciler.repair(TestAccess.OPERATOR).found()).matches(Report::isWhole);
        assertThat(originals.file(hash)).exists();
    }

    @Test
    void ingestionAndDeletionMeanwhile_areNoDrift() throws Exception {
        CompletableFuture<Void> changes = CompletableFuture.runAsync(this::change);
        int looks = 0;
        while (!changes.isDone()) {
            Repair repair = reconciler.repair(TestAccess.OPERATOR);
            assertThat(repair.found()).matches(Report::isWhole);
            assertThat(repair.left()).matches(Report::isWhole);
            looks++;
        }
        changes.join();
        assertThat(looks).isGreaterThan(3);
        ingestionFixture.awaitAgreement();
        assertThat(ingestionFixture.all()).hasSize(12);
    }

    private void change() {
        try {
            for (int round = 0; round < 8; round++) {
                for (int i = 0; i < 12; i++) {
                    if ((i + round) % 4 == 0) {
                        Files.deleteIfExists(folder.resolve(i + ".txt"));
                    } else {
                        write(i, "changed " + round);
                    }
                }
                ingestionFixture.scan(folder);
            }
            for (int i = 0; i < 12; i++) {
                write(i, "last");
            }
            ingestionFixture.scan(folder);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
