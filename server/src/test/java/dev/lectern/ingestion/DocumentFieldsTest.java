package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.ingestion.sources.Source;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentFields.Field;
import dev.lectern.library.DocumentFields.Kind;
import dev.lectern.library.DocumentFields.Value;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchFilterRequest;
import dev.lectern.library.SearchFilterRequest.ConditionRequest;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata comes from the present version, tags from people and folders, and filters find documents by both. */
@OnEveryDatabase
class DocumentFieldsTest {
    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final DatabaseEngine databaseEngine;
    private Path folder;
    private TestDatabase database;
    private IngestionFixture fixture;

    DocumentFieldsTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        fixture = IngestionFixture.open(
                temporary.resolve("data"),
                indexes,
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("lectern.ingestion.settle=1h"));
        write("a.txt", "2024-05-05", "@author: Änne Lee\n@author: Bo\n@sent: 2025-12-31T23:30:00-05:00\n@pages: 9\nCats.");
        write("b.txt", "2024-05-05", "@author: ÄNNE LEE\n@modified: 2025-03-01\n@language: de-AT\n@pages: 10.5\nDogs.");
        write("c.txt", "2025-03-02", "Birds.");
        fixture.scan(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private void write(String path, String modified, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified + "T12:00:00Z")));
    }

    private DocumentTags tags() {
        return fixture.context.getBean(DocumentTags.class);
    }

    private DocumentFields fields() {
        return fixture.context.getBean(DocumentFields.class);
    }

    private Source source() {
        return fixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT).getFirst();
    }

    private long generation() {
        return fixture.generation(CollectionId.DEFAULT);
    }

    private static ConditionRequest is(String field, Object... values) {
        return values.length == 1
                ? new ConditionRequest(field, values[0], null, null, null)
                : new ConditionRequest(field, null, List.of(values), null, null);
    }

    private static ConditionRequest between(String field, @Nullable Object from, @Nullable Object to) {
        return new ConditionRequest(field, null, null, from, to);
    }

    /** The titles of the documents that pass. */
    private Set<String> passing(ConditionRequest... conditions) {
        SearchFilter filter = SearchFilterRequest.parse(new SearchFilterRequest(List.of(conditions)));
        Set<String> titles = new TreeSet<>();
        for (DocumentId document : fields().find(filter, fixture.readable())) {
            titles.add(fixture.find(document).orElseThrow().title());
        }
        return titles;
    }

    @Test
    void metadata_isOfThePresentVersion() throws Exception {
        Document first = fixture.titled("a.txt");
        assertThat(first.metadata())
                .containsOnlyKeys("author", "pages", "sent")
                .containsEntry("author", List.of("Änne Lee", "Bo"));
        assertThat(fixture.titled("c.txt").metadata()).isEmpty();

        write("a.txt", "2024-05-06", "@author: Cy\nCats sleep.");
        fixture.scan(folder);
        assertThat(fixture.find(first.id()).orElseThrow().metadata()).isEqualTo(Map.of("author", List.of("Cy")));
        assertThat(passing(is("metadata.author", "änne lee"))).containsExactly("b.txt");

        fixture.documents.delete(TestAccess.OPERATOR, first.id());
        assertThat(passing(is("metadata.author", "Cy"))).isEmpty();
        assertThat(count("document_metadata")).isEqualTo(4);
    }

    private long count(String table) {
        return database.jdbc()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void filter_valuesAndRanges_findExactlyWhatFits() {
        assertThat(passing(is("metadata.author", "Änne LEE"))).containsExactly("a.txt", "b.txt");
        assertThat(passing(is("metadata.author", "bo", "nobody"))).containsExactly("a.txt");
        assertThat(passing(is("metadata.author", "Änne Lee"), is("metadata.pages", 9))).containsExactly("a.txt");
        assertThat(passing(is("metadata.pages", "9.0"))).containsExactly("a.txt");
        assertThat(passing(between("metadata.pages", 9.5, null))).containsExactly("b.txt");
        assertThat(passing(between("metadata.pages", null, 100))).containsExactly("a.txt", "b.txt");
        assertThat(passing(is("metadata.sent", "2025-12-31"))).containsExactly("a.txt");
        assertThat(passing(between("metadata.sent", "2025-12-31", "2025-12-31"))).containsExactly("a.txt");
        assertThat(passing(between("metadata.sent", "2026-01-01T04:00:00Z", null))).containsExactly("a.txt");
        assertThat(passing(between("metadata.sent", null, "2026-01-01T04:00:00Z"))).isEmpty();
        assertThat(passing(is("title", "B.TXT"))).containsExactly("b.txt");
        assertThat(passing(is("uri", "folder:c.txt", "folder:a.txt"))).containsExactly("a.txt", "c.txt");
        assertThat(passing(is("media_type", "TEXT/plain"))).hasSize(3);
        assertThat(passing(is("language", "de"))).containsExactly("b.txt");
        assertThat(passing(is("language", "de-CH"))).containsExactly("b.txt");
        assertThat(passing(is("metadata.none", "x"))).isEmpty();
    }

    @Test
    void filter_modified_isStatedOrOfTheFile() {
        assertThat(passing(between("modified", "2025-01-01", "2025-12-31"))).containsExactly("b.txt", "c.txt");
        assertThat(passing(between("modified", null, "2024-12-31"))).containsExactly("a.txt");
        assertThat(passing(is("modified", "2025-03-02"))).containsExactly("c.txt");
        assertThat(passing(between("modified", "2025-03-02T11:59:59Z", "2025-03-02T12:00:00Z")))
                .containsExactly("c.txt");
    }

    @Test
    void tags_surviveReadingAgain_andRaiseTheGeneration() throws Exception {
        Document document = fixture.titled("a.txt");
        long before = generation();
        tags().set(TestAccess.OPERATOR, document.id(), List.of("Vertrag", "x"));
        assertThat(generation()).isGreaterThan(before);
        assertThat(passing(is("tags", "VERTRAG"))).containsExactly("a.txt");

        write("a.txt", "2024-05-06", "Cats hunt.");
        fixture.scan(folder);
        assertThat(fixture.find(document.id()).orElseThrow().tags()).containsExactly("Vertrag", "x");

        tags().set(TestAccess.OPERATOR, document.id(), List.of("y"));
        assertThat(passing(is("tags", "vertrag", "x"))).isEmpty();
        assertThat(passing(is("tags", "y"))).containsExactly("a.txt");

        fixture.documents.delete(TestAccess.OPERATOR, document.id());
        assertThat(count("document_tag")).isZero();
        assertThatThrownBy(() -> tags().set(TestAccess.OPERATOR, document.id(), List.of()))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("Document not found");
    }

    @Test
    void tagsOfASource_areThoseOfItsDocuments() throws Exception {
        SourceId source = source().id();
        long before = generation();
        fixture.sources.setTags(TestAccess.OPERATOR, source, List.of("Archive", "old"));
        assertThat(generation()).isGreaterThan(before);
        assertThat(passing(is("tags", "archive"))).hasSize(3);
        assertThat(fixture.sources.describe(TestAccess.OPERATOR, source).tags()).containsExactly("Archive", "old");

        Document document = fixture.titled("a.txt");
        tags().set(TestAccess.OPERATOR, document.id(), List.of("ARCHIVE", "own"));
        Document tagged = fixture.find(document.id()).orElseThrow();
        assertThat(tagged.tags()).containsExactly("Archive", "old", "own");
        assertThat(tagged.inheritedTags()).containsExactly("Archive", "old");

        fixture.sources.setTags(TestAccess.OPERATOR, source, List.of());
        assertThat(fixture.find(document.id()).orElseThrow().tags()).containsExactly("own");
        assertThat(passing(is("tags", "archive"))).isEmpty();

        fixture.sources.setTags(TestAccess.OPERATOR, source, List.of("gone"));
        fixture.sources.remove(TestAccess.OPERATOR, source);
        assertThat(count("source_tag")).isZero();
    }

    /** A filtered search would otherwise be answered from the cache as before. */
    @Test
    void copyInATaggedFolder_givesTheDocumentItsTags() throws Exception {
        Path other = Files.createDirectories(temporary.resolve("other"));
        Files.writeString(other.resolve("d.txt"), "Fish.");
        Files.writeString(other.resolve("e.txt"), "Ants.");
        fixture.scan(other);
        Source tagged = fixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT).stream()
                .filter(source -> source.location().endsWith("other"))
                .findFirst()
                .orElseThrow();
        fixture.sources.setTags(TestAccess.OPERATOR, tagged.id(), List.of("copy"));
        assertThat(passing(is("tags", "copy"))).containsExactly("d.txt", "e.txt");

        long before = generation();
        Files.copy(folder.resolve("c.txt"), other.resolve("c.txt"));
        fixture.scan(other);
        assertThat(generation()).isGreaterThan(before);
        assertThat(passing(is("tags", "copy"))).containsExactly("c.txt", "d.txt", "e.txt");

        long copied = generation();
        Files.delete(other.resolve("c.txt"));
        fixture.await(fixture.sources.scan(TestAccess.OPERATOR, tagged.id(), true));
        assertThat(fixture.titled("c.txt").locations()).hasSize(1);
        assertThat(generation()).isGreaterThan(copied);
        assertThat(passing(is("tags", "copy"))).containsExactly("d.txt", "e.txt");
        assertThat(fixture.titled("c.txt").tags()).isEmpty();
    }

    @Test
    void fields_areListedWithTheirValues() {
        tags().set(TestAccess.OPERATOR, fixture.titled("a.txt").id(), List.of("x", "y"));
        tags().set(TestAccess.OPERATOR, fixture.titled("b.txt").id(), List.of("X"));

        List<Field> found = fields().list(TestAccess.OPERATOR, CollectionId.DEFAULT);
        assertThat(found)
                .extracting(Field::name)
                .containsExactly(
                        "tags", "language", "media_type", "modified", "metadata.author", "metadata.pages", "metadata.sent");
        assertThat(found.getFirst())
                .isEqualTo(new Field(
                        "tags", Kind.TEXT, 2, 2, List.of(new Value("X", 2), new Value("y", 1)), null, null));
        assertThat(found.get(3))
                .isEqualTo(new Field(
                        "modified",
                        Kind.DATE,
                        1,
                        1,
                        List.of(new Value("2025-03-01", 1)),
                        "2025-03-01",
                        "2025-03-01"));
        assertThat(found.get(4).documents()).isEqualTo(2);
        assertThat(found.get(4).values()).extracting(Value::documents).containsExactly(2L, 1L);
        assertThat(found.get(5))
                .extracting(Field::kind, Field::from, Field::to)
                .containsExactly(Kind.NUMBER, "9", "10.5");
    }

    @Test
    void deletedCollection_leavesNothing() {
        CollectionId collection =
                fixture.collections.create(TestAccess.OPERATOR, "Other").id();
        fixture.context
                .getBean(DocumentTags.class)
                .set(fixture.collections.writableBy(TestAccess.OPERATOR, collection), new SourceId("s"), List.of("x"));
        assertThat(count("source_tag")).isEqualTo(1);
        fixture.collections.delete(TestAccess.OPERATOR, collection);
        assertThat(count("source_tag")).isZero();
    }
}
