package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.sources.Source;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is which document, whatever people do to names and links; on a real file system. */
@OnEveryDatabase
class FileIdentityIngestionTest {
    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final DatabaseEngine databaseEngine;
    private Path folder;
    private TestDatabase database;
    private IngestionFixture ingestionFixture;

    FileIdentityIngestionTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        ingestionFixture = IngestionFixture.open(
                temporary.resolve("data"), indexes, embedder, parser, database.settings("lectern.ingestion.settle=1h"));
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
        database.close();
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file;
    }

    private Document at(String path) {
        return ingestionFixture.all().stream()
                .filter(document -> document.locations().stream()
                        .anyMatch(place -> place.path().equals(path)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing at " + path + " in " + ingestionFixture.all()));
    }

    private DocumentId idAt(String path) {
        return at(path).id();
    }

    private String textAt(String path) {
        return String.join("\n", ingestionFixture.texts(at(path)));
    }

    @Test
    void scan_twoFilesThatExchangedTheirNames_keepTheirDocuments() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Dogs bark.");
        ingestionFixture.scan(folder);
        DocumentId cats = idAt("a.txt");
        DocumentId dogs = idAt("b.txt");
        int parsed = parser.parsed.get();
        long generation = ingestionFixture.generation(CollectionId.DEFAULT);

        Files.move(folder.resolve("a.txt"), folder.resolve("t"));
        Files.move(folder.resolve("b.txt"), folder.resolve("a.txt"));
        Files.move(folder.resolve("t"), folder.resolve("b.txt"));
        ingestionFixture.scan(folder);

        assertThat(idAt("b.txt")).isEqualTo(cats);
        assertThat(idAt("a.txt")).isEqualTo(dogs);
        assertThat(at("b.txt").uri()).isEqualTo("folder:b.txt");
        assertThat(at("a.txt").uri()).isEqualTo("folder:a.txt");
        assertThat(parser.parsed).hasValue(parsed);
        assertThat(ingestionFixture.generation(CollectionId.DEFAULT)).isGreaterThan(generation);
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_threeFilesInACircleWithEdits_keepTheirDocuments() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            write(name + ".txt", "File " + name);
        }
        ingestionFixture.scan(folder);
        DocumentId first = idAt("a.txt");
        DocumentId second = idAt("b.txt");
        DocumentId third = idAt("c.txt");

        Files.move(folder.resolve("c.txt"), folder.resolve("t"));
        Files.move(folder.resolve("b.txt"), folder.resolve("c.txt"));
        Files.move(folder.resolve("a.txt"), folder.resolve("b.txt"));
        Files.move(folder.resolve("t"), folder.resolve("a.txt"));
        write("b.txt", "File a, edited.");
        ingestionFixture.scan(folder);

        assertThat(List.of(idAt("b.txt"), idAt("c.txt"), idAt("a.txt"))).containsExactly(first, second, third);
        assertThat(textAt("b.txt")).isEqualTo("File a, edited.");
    }

    @Test
    void scan_renamedAndEdited_keepsItsDocument() throws Exception {
        write("plan.txt", "The budget is 48,200 euros.");
        write("other.txt", "Something else.");
        ingestionFixture.scan(folder);
        DocumentId before = idAt("plan.txt");

        Files.createDirectories(folder.resolve("old"));
        Files.move(folder.resolve("plan.txt"), folder.resolve("old/budget.txt"));
        write("old/budget.txt", "The budget is 52,000 euros.");
        write("plan.txt", "A new plan.");
        ingestionFixture.scan(folder);

        assertThat(idAt("old/budget.txt")).isEqualTo(before);
        assertThat(at("old/budget.txt").version()).isEqualTo(2);
        assertThat(idAt("plan.txt")).isNotEqualTo(before);
        assertThat(indexes.texts())
                .containsExactlyInAnyOrder("The budget is 52,000 euros.", "A new plan.", "Something else.");
    }

    @Test
    void scan_fileRenamedOverAnother_takesItsPlaceAndKeepsItsDocument() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Dogs bark.");
        ingestionFixture.scan(folder);
        DocumentId dogs = idAt("b.txt");

        Files.move(folder.resolve("b.txt"), folder.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);
        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::id).containsExactly(dogs);
        assertThat(at("a.txt").uri()).isEqualTo("folder:a.txt");
        assertThat(indexes.texts()).containsExactly("Dogs bark.");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_fileReplacedByANewOne_keepsTheDocumentOfTheName() throws Exception {
        write("a.txt", "Cats sleep.");
        ingestionFixture.scan(folder);
        DocumentId before = idAt("a.txt");

        write(".a.txt.new", "Cats hunt.");
        Files.move(folder.resolve(".a.txt.new"), folder.resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);
        ingestionFixture.scan(folder);

        assertThat(idAt("a.txt")).isEqualTo(before);
        assertThat(textAt("a.txt")).isEqualTo("Cats hunt.");
    }

    @Test
    void scan_editedFileWithSeveralNames_keepsItsDocument() throws Exception {
        write("a.txt", "Cats sleep.");
        Files.createLink(folder.resolve("hard.txt"), folder.resolve("a.txt"));
        Files.createSymbolicLink(folder.resolve("soft.txt"), Path.of("a.txt"));
        ingestionFixture.scan(folder);
        DocumentId before = idAt("a.txt");

        write("a.txt", "Cats hunt.");
        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::id).containsExactly(before);
        assertThat(at("a.txt").locations())
                .extracting("path")
                .containsExactlyInAnyOrder("a.txt", "hard.txt", "soft.txt");
        assertThat(indexes.texts()).containsExactly("Cats hunt.");

        // An edit together with a new name and without an old one.
        write("a.txt", "Cats play.");
        Files.createLink(folder.resolve("0.txt"), folder.resolve("a.txt"));
        Files.delete(folder.resolve("hard.txt"));
        ingestionFixture.scan(folder);

        assertThat(ingestionFixture.all()).extracting(Document::id).containsExactly(before);
        assertThat(at("a.txt").locations()).extracting("path").containsExactlyInAnyOrder("0.txt", "a.txt", "soft.txt");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_editedFileWhoseOtherNameIsAnotherFileNow_keepsItsDocument() throws Exception {
        write("a.txt", "Cats sleep.");
        Files.createLink(folder.resolve("hard.txt"), folder.resolve("a.txt"));
        write("b.txt", "Dogs bark.");
        ingestionFixture.scan(folder);
        DocumentId cats = idAt("a.txt");
        DocumentId dogs = idAt("b.txt");

        Files.move(folder.resolve("b.txt"), folder.resolve("hard.txt"), StandardCopyOption.REPLACE_EXISTING);
        write("a.txt", "Cats hunt.");
        ingestionFixture.scan(folder);

        assertThat(idAt("a.txt")).isEqualTo(cats);
        assertThat(idAt("hard.txt")).isEqualTo(dogs);
        assertThat(indexes.texts()).containsExactly("Cats hunt.", "Dogs bark.");
    }

    @Test
    void scan_linkWhoseFileIsDeleted_keepsNothingOfIt() throws Exception {
        write("a.txt", "Cats sleep.");
        Files.createSymbolicLink(folder.resolve("soft.txt"), Path.of("a.txt"));
        for (int i = 0; i < 30; i++) {
            write("many/" + i + ".txt", "Number " + i);
        }
        ingestionFixture.scan(folder);

        Files.delete(folder.resolve("a.txt"));
        assertThat(ingestionFixture.scan(folder).status()).isEqualTo(JobStatus.DONE);

        assertThat(indexes.texts()).noneMatch(text -> text.contains("Cats"));
        assertThat(at("soft.txt").status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(at("soft.txt").reason()).contains("link");
        ingestionFixture.awaitAgreement();
    }

    @Test
    void scan_linkWhoseFileIsRenamed_doesNotFailTheDocument() throws Exception {
        write("a.txt", "Cats sleep.");
        Files.createSymbolicLink(folder.resolve("soft.txt"), Path.of("a.txt"));
        ingestionFixture.scan(folder);
        DocumentId before = idAt("a.txt");

        Files.move(folder.resolve("a.txt"), folder.resolve("b.txt"));
        ingestionFixture.scan(folder);

        assertThat(idAt("b.txt")).isEqualTo(before);
        assertThat(at("b.txt").status()).isEqualTo(DocumentStatus.DONE);
        assertThat(at("b.txt").locations()).extracting("path").containsExactly("b.txt");
        assertThat(at("soft.txt").status()).isEqualTo(DocumentStatus.FAILED);
    }

    @Test
    void scan_editedFileOfTwoSources_keepsItsDocumentInBoth() throws Exception {
        write("sub/f.txt", "Cats sleep.");
        write("g.txt", "Dogs bark.");
        ingestionFixture.scan(folder);
        ingestionFixture.scan(folder.resolve("sub"));
        DocumentId before = idAt("sub/f.txt");
        assertThat(idAt("f.txt")).isEqualTo(before);

        write("sub/f.txt", "Cats hunt.");
        ingestionFixture.scan(folder.resolve("sub"));
        assertThat(idAt("sub/f.txt")).isEqualTo(before);
        assertThat(idAt("f.txt")).isEqualTo(before);
        ingestionFixture.scan(folder);
        write("sub/f.txt", "Cats play.");
        ingestionFixture.scan(folder);
        ingestionFixture.scan(folder.resolve("sub"));

        assertThat(ingestionFixture.all()).hasSize(2);
        assertThat(idAt("sub/f.txt")).isEqualTo(before);
        assertThat(idAt("f.txt")).isEqualTo(before);
        assertThat(indexes.texts()).containsExactly("Cats play.", "Dogs bark.");
    }

    @Test
    void scan_fileMovedToAnotherSource_keepsItsDocument() throws Exception {
        Path other = Files.createDirectories(temporary.resolve("other"));
        write("a.txt", "Cats sleep.");
        write("b.txt", "Dogs bark.");
        Files.writeString(other.resolve("c.txt"), "Birds sing.");
        ingestionFixture.scan(folder);
        ingestionFixture.scan(other);
        DocumentId before = idAt("a.txt");

        Files.move(folder.resolve("a.txt"), other.resolve("moved.txt"));
        ingestionFixture.scan(other);
        ingestionFixture.scan(folder);

        assertThat(idAt("moved.txt")).isEqualTo(before);
        assertThat(at("moved.txt").uri()).isEqualTo("folder:moved.txt");
        assertThat(ingestionFixture.all()).hasSize(3);
    }

    @Test
    void scan_sameSizeAndTimeWithOtherContent_isFound() throws Exception {
        Path file = write("a.txt", "Cats sleep.");
        FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        Files.setLastModifiedTime(file, time);
        ingestionFixture.scan(folder);
        DocumentId before = idAt("a.txt");

        Files.writeString(file, "Cats dream.".substring(0, 11));
        Files.setLastModifiedTime(file, time);
        ingestionFixture.scan(folder);

        assertThat(idAt("a.txt")).isEqualTo(before);
        assertThat(textAt("a.txt")).isEqualTo("Cats dream.");
    }

    @Test
    void scan_locationsOfAnEarlierVersion_getTheirIdentityWithoutBeingRead() throws Exception {
        Path file = write("a.txt", "Cats sleep.");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        ingestionFixture.scan(folder);
        DocumentId before = idAt("a.txt");
        // A hash that no reading would find.
        database.jdbc()
                .sql("UPDATE location SET device = NULL, inode = NULL, born_at = NULL, changed_at = NULL, hash = 'x'")
                .update();

        ingestionFixture.scan(folder);

        assertThat(database.jdbc()
                        .sql("SELECT COUNT(*) FROM location WHERE inode IS NOT NULL AND device IS NOT NULL"
                                + " AND changed_at IS NOT NULL AND hash = 'x'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(idAt("a.txt")).isEqualTo(before);
    }

    @Test
    void scan_renamedFileWhoseDocumentAPersonDeleted_staysAwayUntilItChanges() throws Exception {
        write("a.txt", "Cats sleep.");
        write("b.txt", "Dogs bark.");
        ingestionFixture.scan(folder);
        ingestionFixture.documents.delete(TestAccess.OPERATOR, idAt("a.txt"));

        Files.move(folder.resolve("a.txt"), folder.resolve("c.txt"));
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(1);
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(1);

        write("c.txt", "Cats hunt.");
        ingestionFixture.scan(folder);
        assertThat(ingestionFixture.all()).hasSize(2);
    }

    @Test
    void scan_missingFileThatComesBackUnderAnotherName_keepsItsDocument() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("n" + i + ".txt", "Number " + i);
        }
        SourceId source = Objects.requireNonNull(ingestionFixture.scan(folder).source());
        DocumentId before = idAt("n3.txt");
        Path away = Files.createDirectories(temporary.resolve("away"));
        for (int i = 0; i < 9; i++) {
            Files.move(folder.resolve("n" + i + ".txt"), away.resolve("n" + i + ".txt"));
        }

        assertThat(ingestionFixture.scan(folder).reasonCode()).isEqualTo("needs_confirmation");
        assertThat(countMissing(source)).isEqualTo(9);
        assertThat(ingestionFixture.all()).hasSize(10);

        Files.move(away.resolve("n3.txt"), folder.resolve("back.txt"));
        ingestionFixture.scan(folder);
        assertThat(idAt("back.txt")).isEqualTo(before);
        assertThat(countMissing(source)).isEqualTo(8);

        for (int i = 0; i < 9; i++) {
            if (i != 3) {
                Files.move(away.resolve("n" + i + ".txt"), folder.resolve("n" + i + ".txt"));
            }
        }
        assertThat(ingestionFixture.scan(folder).status()).isEqualTo(JobStatus.DONE);
        assertThat(countMissing(source)).isZero();
        assertThat(find(source).reason()).isNull();
    }

    private long countMissing(SourceId source) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM location WHERE source = ? AND missing_since IS NOT NULL")
                .param(source.value())
                .query(Long.class)
                .single();
    }

    private Source find(SourceId source) {
        return ingestionFixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT).stream()
                .filter(one -> one.id().equals(source))
                .findFirst()
                .orElseThrow();
    }
}
