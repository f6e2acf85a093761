package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.audit.AuditRecord;
import dev.lectern.audit.AuditTrail;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.security.SecretReplacer;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What people change in the library is in the audit log. */
@NeedsServer
@OnEveryDatabase
class AuditedChangesTest {
    @TempDir
    Path folder;

    private final DatabaseEngine engine;
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final CountingEmbedder other = new CountingEmbedder("other");
    private TestDatabase database;
    private IngestionFixture fixture;
    private long seen;

    AuditedChangesTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        database = engine.open(data);
        fixture = IngestionFixture.open(
                data,
                new InMemoryIndexes(),
                new TestEmbedders("onnx:first", embedder).with("onnx:other", other),
                new LineParser(),
                database.settings());
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    /** The entries since the last call as action, caller and details. */
    private List<String> news() {
        List<AuditRecord> all = new ArrayList<>(fixture.context
                .getBean(AuditTrail.class)
                .page(TestAccess.OPERATOR, new AuditTrail.Query(null, null, null, null, true), null, 1_000)
                .items());
        all.removeIf(entry -> entry.sequence() <= seen);
        seen = all.isEmpty() ? seen : all.getLast().sequence();
        return all.stream()
                .map(entry ->
                        entry.action() + " by " + entry.caller() + " of " + entry.subjectKind() + " " + entry.details())
                .toList();
    }

    @Test
    void changes_areRecorded() throws Exception {
        changeCollections();
        cancelJob();
        changeSources();
        moveLibrary();
        fixture.context.getBean(Reconciler.class).repair(TestAccess.OPERATOR);
        assertThat(news()).singleElement().asString().startsWith("library.repaired by operator:operator");
        SecretReplacer secrets = fixture.context.getBean(SecretReplacer.class);
        secrets.replaceOperatorKey();
        secrets.replaceSigningKey();
        assertThat(news())
                .containsExactly(
                        "secrets.replaced by system:maintenance of secret {}",
                        "secrets.replaced by system:maintenance of secret {}");
        assertThat(fixture.context
                        .getBean(AuditTrail.class)
                        .verify(TestAccess.OPERATOR)
                        .isIntact())
                .isTrue();
        assertThatThrownBy(() -> fixture.context.getBean(AuditTrail.class).verify(TestAccess.VISITOR))
                .isInstanceOf(LecternException.class);
    }

    private void changeCollections() throws Exception {
        CollectionId collection =
                fixture.collections.create(TestAccess.VISITOR, "Plans").id();
        fixture.collections.rename(TestAccess.VISITOR, collection, "Old plans");
        fixture.await(fixture.jobs.addTexts(
                TestAccess.OPERATOR, collection, List.of(new TextDocument("x", "X", "Cats sleep."))));
        expectNothingDeletedUnlessTheConditionHolds(collection);
        fixture.collections.delete(TestAccess.OPERATOR, collection);
        assertThat(news())
                .containsExactly(
                        "collection.created by visitor:reader of collection {name=Plans}",
                        "collection.renamed by visitor:reader of collection {name=Old plans}",
                        "collection.deleted by operator:operator of collection {documents=1, name=Old plans}");
        assertThatThrownBy(() -> fixture.collections.delete(TestAccess.OPERATOR, collection))
                .isInstanceOf(LecternException.class);
        assertThat(news()).isEmpty();
    }

    /** The condition is checked in the transaction of the deletion, whose entry in the log does not stay either. */
    private void expectNothingDeletedUnlessTheConditionHolds(CollectionId collection) {
        DocumentId document = fixture.documents
                .page(TestAccess.OPERATOR, collection, new DocumentFilter(null, null, SearchFilter.NONE, null, 10))
                .items()
                .getFirst()
                .id();
        List<Boolean> checked = new ArrayList<>();
        Runnable condition = () -> {
            checked.add(TransactionSynchronizationManager.isActualTransactionActive());
            throw new IllegalStateException("changed");
        };
        assertThatThrownBy(() -> fixture.documents.delete(TestAccess.OPERATOR, document, condition))
                .hasMessage("changed");
        assertThatThrownBy(() -> fixture.collections.delete(TestAccess.OPERATOR, collection, condition))
                .hasMessage("changed");
        assertThat(checked).containsExactly(true, true);
        assertThat(fixture.documents.get(TestAccess.OPERATOR, document).id()).isEqualTo(document);
    }

    private void cancelJob() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        embedder.before = () -> await().atMost(IngestionFixture.SOON).until(() -> cancelled.getCount() == 0);
        JobId job = fixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("b", "Birds", "Birds sing.")));
        fixture.jobs.cancel(TestAccess.OPERATOR, job);
        fixture.jobs.cancel(TestAccess.OPERATOR, job);
        cancelled.countDown();
        embedder.before = () -> {};
        assertThat(news()).containsExactly("job.cancelled by operator:operator of job {collection=default}");
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        fixture.await(fixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("f", "Fish", "Fish swim."))));
        fixture.documents.delete(TestAccess.OPERATOR, fixture.titled("Fish").id());
        assertThat(news())
                .singleElement()
                .asString()
                .startsWith("document.deleted by operator:operator of document {address=")
                .endsWith(", collection=default}");
    }

    private void changeSources() throws Exception {
        Path docs = Files.createDirectories(folder.resolve("docs"));
        Files.writeString(docs.resolve("a.txt"), "# Cats\nCats sleep.");
        Files.writeString(docs.resolve("b.txt"), "# Dogs\nDogs bark.");
        fixture.scan(docs);
        fixture.scan(docs);
        assertThat(news())
                .containsExactly("source.added by operator:operator of source {collection=default, kind=folder, path="
                        + docs.toRealPath() + "}");
        Files.delete(docs.resolve("a.txt"));
        Source source =
                fixture.sources.list(TestAccess.OPERATOR, CollectionId.DEFAULT).getFirst();
        SourceId id = source.id();
        fixture.await(fixture.sources.scan(TestAccess.OPERATOR, id, true));
        // The scan that follows the folder may have been first.
        assertThat(news())
                .hasSize(2)
                .anyMatch(entry -> entry.startsWith(
                        "deletion.confirmed by operator:operator of source {collection=default, path="))
                .anyMatch(entry -> entry.startsWith("document.deleted by ")
                        && entry.endsWith(" of source {collection=default, documents=1}"));
        assertThat(fixture.all()).noneMatch(document -> document.title().equals("Cats"));
        fixture.sources.remove(TestAccess.OPERATOR, id);
        assertThat(news())
                .contains("document.deleted by operator:operator of source {collection=default, documents=1}")
                .anyMatch(entry ->
                        entry.startsWith("source.removed by operator:operator of source {collection=default, path="));
    }

    private void moveLibrary() throws Exception {
        fixture.await(fixture.jobs.addTexts(
                TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("m", "Mice", "Mice hide."))));
        ReembeddingService moves = fixture.context.getBean(ReembeddingService.class);
        Reembedding move = moves.start(TestAccess.OPERATOR, "onnx:other", true);
        awaitStatus(moves, move, Reembedding.Status.SWITCHED);
        moves.rollBack(TestAccess.OPERATOR, move.id());
        awaitStatus(moves, move, Reembedding.Status.READY);
        moves.switchOver(TestAccess.OPERATOR, move.id());
        awaitStatus(moves, move, Reembedding.Status.SWITCHED);
        moves.discard(TestAccess.OPERATOR, move.id());
        awaitStatus(moves, move, Reembedding.Status.DONE);
        assertThat(news().stream().map(entry -> entry.substring(0, entry.indexOf(" of "))))
                .containsExactly(
                        "reembedding.started by operator:operator",
                        "reembedding.switched by system:reembedding",
                        "reembedding.rolled_back by operator:operator",
                        "reembedding.switched by operator:operator",
                        "reembedding.dropped by operator:operator");
    }

    private static void awaitStatus(ReembeddingService moves, Reembedding move, Reembedding.Status status) {
        await().atMost(IngestionFixture.SOON)
                .until(() -> moves.get(TestAccess.OPERATOR, move.id()).status() == status);
    }
}
