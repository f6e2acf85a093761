package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.jobs.Task;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentState;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarning.Code;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.Documents.Suggestion;
import dev.lectern.library.LibraryCollection;
import dev.lectern.library.SearchableCollections;
import dev.lectern.library.embedders.EmbeddingRepository;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The text of a document whose newest bytes could not be read is shown with a warning, exactly as long as that is so. */
@OnEveryDatabase
class DocumentWarningsTest {
    private static final String HIDE = "lectern.library.unreadable-replacement=hide";

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final DatabaseEngine databaseEngine;
    private Path folder;
    private TestDatabase database;
    private IngestionFixture fixture;

    DocumentWarningsTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        fixture = openWith();
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private IngestionFixture openWith(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("lectern.ingestion.settle=1h");
        return IngestionFixture.open(
                temporary.resolve("data"), indexes, embedder, parser, database.settings(all.toArray(String[]::new)));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(text.hashCode())));
    }

    private DocumentWarnings warnings() {
        return fixture.context.getBean(DocumentWarnings.class);
    }

    private long generation() {
        return fixture.generation(CollectionId.DEFAULT);
    }

    private Document reread(Document document) {
        return fixture.find(document.id()).orElseThrow();
    }

    private DocumentState state(Document document) {
        return Objects.requireNonNull(fixture.documents
                .findStates(List.of(document.id()), fixture.readable())
                .get(document.id()));
    }

    private Document contract() throws Exception {
        write("contract.txt", "# Notice\nThe notice period is 90 days.");
        write("other.txt", "# Birds\nPelicans fly.");
        fixture.scan(folder);
        return fixture.titled("contract.txt");
    }

    @Test
    void brokenReplacement_warnsUntilAVersionIsRead() throws Exception {
        Document before = contract();
        assertThat(before.warning()).isNull();
        long generation = generation();

        write("contract.txt", "broken");
        Instant started = Instant.now();
        fixture.scan(folder);

        Document broken = reread(before);
        assertThat(broken.status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(broken.version()).isEqualTo(before.version());
        DocumentWarning warning = Objects.requireNonNull(broken.warning());
        assertThat(warning.code()).isEqualTo(Code.NEWER_VERSION_UNREADABLE);
        assertThat(warning.since()).isBetween(started.minusSeconds(1), Instant.now());
        assertThat(warning.detail()).contains("earlier version", "The file is damaged. Save it again.");
        assertThat(generation()).as("what is cached lacks the warning").isGreaterThan(generation);
        assertThat(state(before).warning()).isEqualTo(warning);
        assertThat(fixture.documents
                        .page(
                                TestAccess.OPERATOR,
                                CollectionId.DEFAULT,
                                new DocumentFilter(DocumentStatus.FAILED, null, null, 10))
                        .items())
                .extracting(Document::warning)
                .containsExactly(warning);

        long marked = generation();
        write("contract.txt", "broken in another way");
        fixture.scan(folder);
        assertThat(Objects.requireNonNull(reread(before).warning()).since())
                .as("since the first of the unreadable versions")
                .isEqualTo(warning.since());
        assertThat(generation()).isEqualTo(marked);

        write("contract.txt", "# Notice\nThe notice period is 30 days.");
        fixture.scan(folder);
        assertThat(reread(before).warning()).isNull();
        assertThat(generation()).isGreaterThan(marked);
    }

    @Test
    void unreadableFile_warnsUntilItCanBeReadAgain() throws Exception {
        Document before = contract();
        SourceId source = fixture.sources
                .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                .getFirst()
                .id();
        long generation = generation();
        fixture.context
                .getBean(DocumentRegistrar.class)
                .recordUnreadable(
                        fixture.writable(),
                        new IncomingDocument(
                                source,
                                "contract.txt",
                                before.uri(),
                                "contract.txt",
                                "unreadable-1",
                                0,
                                -1,
                                false,
                                false,
                                ConflictPolicy.REPLACE),
                        "The file cannot be read. Check its permissions.");

        assertThat(Objects.requireNonNull(reread(before).warning()).detail()).contains("Check its permissions.");
        assertThat(generation()).isGreaterThan(generation);

        fixture.scan(folder);
        assertThat(reread(before).warning()).isNull();
        assertThat(reread(before).status()).isEqualTo(DocumentStatus.DONE);
    }

    @Test
    void rereadOfThePresentBytes_thatFails_isNoReasonToWarn() throws Exception {
        Document before = contract();
        embedder.before = () -> {
            throw new LecternException(ErrorCode.INVALID_REQUEST, "The model refuses the text.");
        };
        EmbeddingRepository embeddings = fixture.context.getBean(EmbeddingRepository.class);
        embeddings.delete(embedder.fingerprint(), 100);
        fixture.await(fixture.jobs.reingest(TestAccess.OPERATOR, before.id()));

        assertThat(reread(before).status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(reread(before).warning())
                .as("the present version has the newest bytes")
                .isNull();
    }

    @Test
    void cancelledReplacement_warns() throws Exception {
        Document before = contract();
        CountDownLatch embedding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        embedder.before = () -> {
            embedding.countDown();
            try {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The work was cancelled.");
        };
        write("contract.txt", "# Notice\nThe notice period is 30 days.");
        JobId job = fixture.sources.scan(
                TestAccess.OPERATOR,
                fixture.sources
                        .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                        .getFirst()
                        .id(),
                false);
        assertThat(embedding.await(60, TimeUnit.SECONDS)).isTrue();
        fixture.jobs.cancel(TestAccess.OPERATOR, job);
        goOn.countDown();
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();

        assertThat(reread(before).status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(Objects.requireNonNull(reread(before).warning()).detail()).contains(Task.CANCELLED_REASON);
    }

    @Test
    void find_inCollections_readsOnlyWhereThereAreWarnings() throws Exception {
        Document before = contract();
        Set<DocumentId> documents = Set.of(before.id());
        ReadableCollections readable = fixture.readable();
        SearchableCollections early = fixture.collections.searchableBy(TestAccess.OPERATOR, List.of());
        assertThat(warnings().find(documents, readable)).isEmpty();
        assertThat(warnings().find(documents, early)).isEmpty();

        write("contract.txt", "broken");
        fixture.scan(folder);

        SearchableCollections now = fixture.collections.searchableBy(TestAccess.OPERATOR, List.of());
        assertThat(warnings().find(documents, now)).containsOnlyKeys(before.id());
        assertThat(warnings().find(documents, readable)).containsOnlyKeys(before.id());
        assertThat(warnings().find(documents, TestAccess.readable(Set.of(new CollectionId("another")))))
                .isEmpty();
        assertThat(warnings().findHidden(readable)).as("the setting shows it").isEmpty();
    }

    @Test
    void missingFiles_warnOnceAllOfADocumentAreMissing() throws Exception {
        write("copy.txt", "# Notice\nThe notice period is 90 days.");
        Document both = contract();
        SearchableCollections early = fixture.collections.searchableBy(TestAccess.OPERATOR, List.of());
        assertThat(warnings().find(List.of(both.id()), early)).isEmpty();

        hold("copy.txt", 1_000);
        assertThat(reread(both).warning()).as("the other one is there").isNull();
        hold("contract.txt", 2_000);

        DocumentWarning warning = Objects.requireNonNull(reread(both).warning());
        assertThat(warning.code()).isEqualTo(Code.FILE_MISSING);
        assertThat(warning.since()).isEqualTo(Instant.ofEpochMilli(2_000));
        SearchableCollections now = fixture.collections.searchableBy(TestAccess.OPERATOR, List.of());
        assertThat(warnings()
                        .find(List.of(both.id(), fixture.titled("other.txt").id()), now))
                .containsExactly(Map.entry(both.id(), warning));
        assertThat(state(both).warning()).isEqualTo(warning);

        jdbc().sql("UPDATE document SET status = 'failed', stale_since = 5 WHERE id = ?")
                .param(both.id().value())
                .update();
        assertThat(Objects.requireNonNull(reread(both).warning()).code())
                .as("that the text is outdated says more")
                .isEqualTo(Code.NEWER_VERSION_UNREADABLE);
    }

    private JdbcClient jdbc() {
        return fixture.context.getBean(JdbcClient.class);
    }

    /** As a scan does that does not find a file. */
    private void hold(String path, long since) {
        jdbc().sql("UPDATE location SET missing_since = ? WHERE path = ?")
                .params(since, path)
                .update();
        jdbc().sql("UPDATE collection SET generation = generation + 1").update();
    }

    @Test
    void hide_leavesOutOfSearchCountsAndSuggestions() throws Exception {
        Document before = contract();
        fixture.close();
        fixture = openWith(HIDE);
        assertThat(suggested()).contains(before.id());

        write("contract.txt", "broken");
        fixture.scan(folder);

        assertThat(warnings().findHidden(fixture.readable())).containsExactly(before.id());
        LibraryCollection collection = fixture.collections.get(TestAccess.OPERATOR, CollectionId.DEFAULT);
        assertThat(collection.documents()).isEqualTo(2);
        assertThat(collection.searchable()).isOne();
        assertThat(suggested()).isNotEmpty().doesNotContain(before.id());
        assertThat(reread(before).warning()).as("the list says why").isNotNull();

        write("contract.txt", "# Notice\nThe notice period is 30 days.");
        Object third = fixture.scan(folder);
        assertThat(warnings().findHidden(fixture.readable()))
                .as(() -> third + " | " + reread(before))
                .isEmpty();
        assertThat(fixture.collections
                        .get(TestAccess.OPERATOR, CollectionId.DEFAULT)
                        .searchable())
                .isEqualTo(2);
        assertThat(suggested()).contains(before.id());
    }

    private List<DocumentId> suggested() {
        return fixture.documents.suggestions(TestAccess.OPERATOR, CollectionId.DEFAULT, 10).stream()
                .map(Suggestion::document)
                .toList();
    }

    @Test
    void textVersion_staysWhileTheTextDoes() throws Exception {
        Document before = contract();
        assertThat(state(before)).isEqualTo(new DocumentState(before.version(), before.version(), null));

        fixture.await(fixture.jobs.reingest(TestAccess.OPERATOR, before.id()));
        fixture.await(fixture.jobs.reingest(TestAccess.OPERATOR, before.id()));
        assertThat(reread(before).version()).isGreaterThan(before.version());
        assertThat(state(before).textVersion())
                .as("read again with the same text")
                .isEqualTo(before.version());

        write("contract.txt", "# Notice\nThe notice period is 30 days.");
        fixture.scan(folder);
        assertThat(state(before).textVersion()).isEqualTo(reread(before).version());

        fixture.context
                .getBean(JdbcClient.class)
                .sql("UPDATE document SET version = version + 1 WHERE id = ?")
                .param(before.id().value())
                .update();
        assertThat(state(before).textVersion())
                .as("a commit of an earlier release says nothing about the text")
                .isEqualTo(reread(before).version());
        assertThat(Map.copyOf(fixture.documents.findStates(
                        List.of(before.id()), TestAccess.readable(Set.of(new CollectionId("another"))))))
                .isEmpty();
    }
}
