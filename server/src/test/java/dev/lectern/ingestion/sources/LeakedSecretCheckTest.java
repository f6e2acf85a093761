package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.CapturedLog;
import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.LineParser;
import dev.lectern.ingestion.UploadService;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.library.Document;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentRemover;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.security.OperatorKey;
import dev.lectern.security.TestAccess;
import dev.lectern.security.TestSecrets;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class LeakedSecretCheckTest {
    @TempDir
    Path temporary;

    private final DatabaseEngine databaseEngine;
    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private Path data;
    private TestDatabase database;
    private IngestionFixture fixture;

    LeakedSecretCheckTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        data = Files.createDirectories(temporary.toRealPath().resolve("store"));
        database = databaseEngine.open(data);
        start();
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private void start() {
        fixture = IngestionFixture.open(
                data,
                indexes,
                new CountingEmbedder("counting"),
                new LineParser(),
                database.settings("lectern.ingestion.enabled=false"));
    }

    private void restart() {
        fixture.close();
        start();
    }

    private TestSecrets secrets() {
        return fixture.context.getBean(TestSecrets.class);
    }

    private String notice() {
        return String.valueOf(fixture.context.getBean(LeakedSecretCheck.class).notice());
    }

    /** What a scan of an earlier version did. */
    private void register(Path folder, String path, Path file) throws IOException {
        SourceId source = fixture.context
                .getBean(SourceRepository.class)
                .add(CollectionId.DEFAULT, FolderConnector.KIND, FolderPath.format(folder), _ -> {});
        OriginalStore.Stored stored =
                fixture.context.getBean(OriginalStore.class).store(Files.newInputStream(file), 1_000_000);
        fixture.context
                .getBean(DocumentRegistrar.class)
                .register(
                        fixture.writable(),
                        List.of(new IncomingDocument(
                                source,
                                path,
                                "folder:" + path,
                                path,
                                stored.hash(),
                                stored.bytes(),
                                0,
                                false,
                                false,
                                ConflictPolicy.REPLACE)),
                        fixture.context.getBean(PipelineVersionProvider.class).current(),
                        registered -> {});
    }

    @Test
    void start_keyThatIsADocument_isReplacedAndItsDocumentDeleted() throws Exception {
        secrets();
        String former = OperatorKey.read(data);
        Path note = Files.writeString(temporary.resolve("a.md"), "Cats sleep.");
        register(data, "a.md", note);
        register(data, "key", data.resolve("key"));
        assertThat(fixture.all()).extracting(Document::title).containsExactly("a.md", "key");
        String cookie = secrets().sign("reader");

        restart();

        assertThat(OperatorKey.read(data)).isNotEqualTo(former);
        assertThat(secrets().isOperator(former)).isFalse();
        assertThat(secrets().isOperator(OperatorKey.read(data))).isTrue();
        assertThat(fixture.all()).extracting(Document::title).containsExactly("a.md");
        assertThat(secrets().isKnown(cookie)).as("the database was not read").isTrue();
        assertThat(notice()).contains("the operator's key. It was replaced.");
        assertThat(fixture.context.getBeansOfType(HealthCheck.class).values())
                .filteredOn(check -> check.name().equals("ingestion"))
                .extracting(check -> check.check().state())
                .containsExactly(HealthCheck.State.WARNING);
        fixture.awaitAgreement();

        String replaced = OperatorKey.read(data);
        restart();
        assertThat(OperatorKey.read(data)).as("once is enough").isEqualTo(replaced);
        assertThat(notice()).isEqualTo("null");
    }

    @Test
    void start_keyThatWasUploaded_isReplacedAndTold() throws Exception {
        secrets();
        String former = OperatorKey.read(data);
        OriginalStore.Stored stored =
                fixture.context.getBean(OriginalStore.class).store(Files.newInputStream(data.resolve("key")), 1_000);
        fixture.context
                .getBean(UploadService.class)
                .addFiles(
                        fixture.writable(),
                        List.of(new UploadService.UploadedFile("copy.txt", stored)),
                        ConflictPolicy.REPLACE);
        assertThat(fixture.all()).hasSize(1);

        try (CapturedLog log = CapturedLog.start()) {
            fixture.context.getBean(LeakedSecretCheck.class).start();
            assertThat(log.warnings("the operator's key. It was replaced.")).hasSize(1);
        }

        assertThat(OperatorKey.read(data)).isNotEqualTo(former);
        assertThat(fixture.all()).isEmpty();
    }

    @Test
    void start_keyWhoseDocumentAPersonDeleted_isReplaced() throws Exception {
        secrets();
        String former = OperatorKey.read(data);
        register(temporary.toRealPath(), "store/key", data.resolve("key"));
        fixture.context
                .getBean(DocumentRemover.class)
                .deleteDocument(TestAccess.OPERATOR, fixture.titled("store/key").id(), LibraryCollections::notFound);

        restart();

        assertThat(OperatorKey.read(data)).isNotEqualTo(former);
    }

    @Test
    void start_databaseThatIsADocument_replacesTheKeyOfCookies() throws Exception {
        secrets();
        String former = OperatorKey.read(data);
        String cookie = secrets().sign("reader");
        assertThat(secrets().isKnown(cookie)).isTrue();
        Path copy = Files.writeString(temporary.resolve("copy.db"), "SQLite format 3\0 with a key");
        register(temporary.toRealPath(), "store/lectern.db", copy);

        restart();

        assertThat(secrets().isKnown(cookie)).isFalse();
        assertThat(secrets().isKnown(secrets().sign("reader"))).isTrue();
        assertThat(OperatorKey.read(data)).isEqualTo(former);
        assertThat(fixture.all()).isEmpty();
        assertThat(notice()).contains("The key that signs cookies was replaced");
    }

    @Test
    void start_filesOfOthersWithTheseNames_replaceNothing() throws Exception {
        secrets();
        String former = OperatorKey.read(data);
        Path note = Files.writeString(temporary.resolve("key"), "A text on keys.");
        register(temporary.toRealPath(), "key", note);
        register(temporary.toRealPath(), "other/lectern.db", note);

        restart();

        assertThat(OperatorKey.read(data)).isEqualTo(former);
        assertThat(fixture.all()).hasSize(1);
        assertThat(notice()).isEqualTo("null");
    }
}
