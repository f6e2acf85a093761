package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.answering.streams.RemoteReadersFixture;
import dev.lectern.audit.TestAudit;
import dev.lectern.conversations.AnswerOutcome;
import dev.lectern.conversations.ConversationsFixture;
import dev.lectern.conversations.Feedback;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.StartedTurn;
import dev.lectern.http.NumberChange;
import dev.lectern.index.IndexOwner;
import dev.lectern.index.IndexedPassage;
import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.LineParser;
import dev.lectern.ingestion.QueuePause;
import dev.lectern.ingestion.Reembedding;
import dev.lectern.ingestion.ReembeddingService;
import dev.lectern.ingestion.RequiredService;
import dev.lectern.ingestion.TestEmbedders;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.jobs.QueuePauseRepository;
import dev.lectern.ingestion.jobs.Task;
import dev.lectern.ingestion.jobs.TaskProgressRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.pipeline.OutdatedDocumentQueue;
import dev.lectern.ingestion.pipeline.PipelineVersionProvider;
import dev.lectern.ingestion.sources.SourceStatements;
import dev.lectern.library.CollectionChange;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentTags;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.PipelineVersion;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.library.update.DocumentRegistrar;
import dev.lectern.library.update.DocumentStatusRepository;
import dev.lectern.library.update.IncomingDocument;
import dev.lectern.library.update.LocationMove;
import dev.lectern.library.update.LocationMover;
import dev.lectern.security.SecretReplacer;
import dev.lectern.security.TestAccess;
import dev.lectern.security.accounts.AccountStatements;
import dev.lectern.security.keys.ApiKeyStatements;
import dev.lectern.security.oidc.ProviderStatements;
import dev.lectern.security.passkeys.PasskeyStatements;
import dev.lectern.security.signin.SignInStatements;
import dev.lectern.settings.RuntimeSettingStatements;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import dev.lectern.shared.Money;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.SourceId;
import dev.lectern.usage.UsageEntry;
import dev.lectern.usage.UsageLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every statement of the program is carried out once and then explained by PostgreSQL on tables that are filled. None may read a table that grows from
 * end to end, but for those that are meant to.
 */
@NeedsServer
class StatementPlansTest {
    private static final AnswerOutcome ANSWERED = new AnswerOutcome("answered", null, "extractive");

    /** By a part of each, and why. */
    private static final Map<String, String> READ_EVERYTHING = Map.of(
            "DELETE FROM embedding WHERE NOT EXISTS",
            "looks for what nothing uses any more; once after work has ended",
            "SELECT d.id, d.version, COUNT(*) AS passages FROM document d",
            "compares the index with the ledger; at the start and when asked",
            "SELECT hash FROM document UNION SELECT present_hash",
            "compares the originals with the ledger; when asked",
            "SELECT status, COUNT(*) FROM document GROUP BY status",
            "counts all documents, every few seconds at most, from an index when most of it is vacuumed",
            "SELECT COALESCE(SUM(passages), 0) FROM document",
            "compares the size of the index with that of the library; before the first search, and while the index is"
                    + " rebuilt",
            "SELECT COUNT(DISTINCT embedding) FROM passage",
            "counts what is to be embedded anew, while the library moves to another embedder",
            "SELECT COUNT(DISTINCT p.embedding) FROM passage p",
            "likewise",
            "UPDATE document SET embedder = ? WHERE embedder IN",
            "switches the whole library at once",
            "UPDATE collection SET embedder = NULL WHERE embedder IS NOT NULL AND NOT EXISTS",
            "looks for one document that is shown, of which there is none; at the start");

    /** Of one row each, and reached only with a Redis. */
    private static final String NEVER_GROWS = "cache_namespace";

    private static final Pattern EXPLAINABLE = Pattern.compile("^\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)");
    private static final Pattern SEQUENTIAL = Pattern.compile("Seq Scan on (\\w+)");
    private static final Pattern LITERAL = Pattern.compile(
            "\"\"\"\\s*((?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) .*?)\"\"\"|\"((?:SELECT|INSERT"
                    + " INTO|UPDATE|DELETE FROM) (?:[^\"\\\\]|\\\\.)*)\"",
            Pattern.DOTALL);

    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private TestDatabase database;

    @BeforeEach
    void open() {
        StatementRecorder.start();
        database = DatabaseEngine.POSTGRESQL.open(temporary);
        // Opened while statements are written down.
        assertThat(database.pool().isClosed()).isFalse();
    }

    @AfterEach
    void close() {
        StatementRecorder.stop();
        database.close();
    }

    @Test
    void everyStatement_onFilledTables_usesAnIndex() throws Exception {
        ingest();
        move();
        breakAndReopen();
        converse();
        TestAudit.runStatements(database);
        RuntimeSettingStatements.run(database);
        request();
        StatementRecorder.stop();
        LargeLibraryFixture.fill(database.jdbc());

        Map<String, List<String>> bad = new TreeMap<>();
        try (Connection connection = database.pool().getConnection()) {
            for (String statement : StatementRecorder.statements()) {
                if (!EXPLAINABLE.matcher(statement).find()) {
                    continue;
                }
                List<String> plan = StatementRecorder.plan(connection, statement);
                if (readsAGrowingTable(plan)
                        && READ_EVERYTHING.keySet().stream().noneMatch(statement::contains)) {
                    bad.put(statement, plan);
                }
            }
        }
        assertThat(bad).isEmpty();
        assertThat(unseen()).isEmpty();
    }

    @Test
    void unindexed_isCaught() throws Exception {
        database.jdbc()
                .sql("SELECT id FROM document WHERE title = ?")
                .param("x")
                .query(String.class)
                .list();
        StatementRecorder.stop();
        LargeLibraryFixture.fill(database.jdbc());
        try (Connection connection = database.pool().getConnection()) {
            assertThat(readsAGrowingTable(
                            StatementRecorder.plan(connection, "SELECT id FROM document WHERE title = ?")))
                    .isTrue();
        }
    }

    private static boolean readsAGrowingTable(List<String> plan) {
        Matcher scans = SEQUENTIAL.matcher(String.join("\n", plan));
        return scans.results().anyMatch(scan -> LargeLibraryFixture.GROWING.contains(scan.group(1)));
    }

    /** Statements of the code that were not carried out here, and so not explained. */
    private static List<String> unseen() throws IOException {
        String seen = String.join("\n", StatementRecorder.statements()).replaceAll("\\s+", " ");
        List<String> unseen = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")
                            && !path.toString().contains("storage")
                            // Both read whole tables, which is what they are for, beside the servers.
                            && !path.toString().contains("backup")
                            && !path.toString().contains("IndexCop"))
                    .toList()) {
                Matcher literals = LITERAL.matcher(Files.readString(file));
                while (literals.find()) {
                    String text = literals.group(1) == null ? literals.group(2) : literals.group(1);
                    String first = text.replaceAll("\\s+", " ")
                            .replaceAll(":\\w+.*", "")
                            .strip();
                    if (!seen.contains(first) && !first.contains(NEVER_GROWS)) {
                        unseen.add(file.getFileName() + ": " + first);
                    }
                }
            }
        }
        return unseen;
    }

    private IngestionFixture ground() {
        return IngestionFixture.open(
                temporary.resolve("data"),
                indexes,
                embedder,
                new LineParser(),
                database.settings("lectern.ingestion.settle=1h"));
    }

    private void ingest() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("folder"));
        Files.writeString(folder.resolve("a.txt"), "# Cats\n@author: Ann\nCats sleep.");
        Files.writeString(folder.resolve("same.txt"), "# Cats\nCats sleep.");
        Files.writeString(folder.resolve("broken.txt"), "broken");
        Files.createSymbolicLink(folder.resolve("dangling.txt"), temporary.resolve("nowhere"));
        try (IngestionFixture ingestionFixture = ground()) {
            ingestionFixture.scan(folder);
            Files.delete(folder.resolve("same.txt"));
            Files.writeString(folder.resolve("a.txt"), "# Cats\nCats hunt.");
            Files.setLastModifiedTime(folder.resolve("broken.txt"), FileTime.fromMillis(1_000_000));
            rescan(ingestionFixture, folder);
            rename(ingestionFixture, folder);
            Files.writeString(folder.resolve("a.txt"), "# Cats\nCats run.");
            ingestionFixture.scan(folder);
            Files.move(folder.resolve("a.txt"), folder.resolve("a.md"));
            ingestionFixture.scan(folder);
            ingestionFixture.sources.remove(
                    TestAccess.OPERATOR,
                    ingestionFixture
                            .sources
                            .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                            .getFirst()
                            .id());
            readEverything(ingestionFixture);
            change(ingestionFixture);
        }
    }

    /** Under another name, with a second name and an edit, and missing for a while. */
    private static void rename(IngestionFixture ingestionFixture, Path folder) throws Exception {
        Files.move(folder.resolve("a.txt"), folder.resolve("b.txt"));
        Files.createLink(folder.resolve("a.txt"), folder.resolve("b.txt"));
        ingestionFixture.scan(folder);
        Files.writeString(folder.resolve("a.txt"), "# Cats\nCats climb.");
        Files.setPosixFilePermissions(folder.resolve("broken.txt"), PosixFilePermissions.fromString("rw-------"));
        ingestionFixture.scan(folder);
        Files.delete(folder.resolve("b.txt"));
        ingestionFixture.scan(folder);
        SourceId source = ingestionFixture
                .sources
                .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                .getFirst()
                .id();
        LocationMover mover = ingestionFixture.context.getBean(LocationMover.class);
        mover.move(
                ingestionFixture.writable(),
                source,
                List.of(new LocationMove("a.txt", "moved.txt", "folder:moved.txt")));
        mover.markMissing(ingestionFixture.writable(), source, Set.of("moved.txt"), 1);
        mover.clearMissing(ingestionFixture.writable(), source, Set.of("moved.txt"));
        mover.move(
                ingestionFixture.writable(), source, List.of(new LocationMove("moved.txt", "a.txt", "folder:a.txt")));
    }

    /** To another embedder and back, with a failure on the way. */
    private void move() {
        CountingEmbedder other = new CountingEmbedder("other");
        AtomicInteger calls = new AtomicInteger();
        other.before = () -> {
            if (calls.incrementAndGet() == 2) {
                throw new LecternException(ErrorCode.MODEL_FAILED, "planted");
            }
        };
        try (IngestionFixture ingestionFixture = IngestionFixture.open(
                temporary.resolve("data"),
                indexes,
                new TestEmbedders("onnx:first", embedder).with("onnx:other", other),
                new LineParser(),
                database.settings())) {
            ReembeddingService moves = ingestionFixture.context.getBean(ReembeddingService.class);
            moves.estimate(TestAccess.OPERATOR, "onnx:other", null);
            Reembedding move = moves.start(TestAccess.OPERATOR, "onnx:other", false);
            await(moves, move, Reembedding.Status.FAILED);
            moves.start(TestAccess.OPERATOR, "onnx:other", true);
            await(moves, move, Reembedding.Status.SWITCHED);
            moves.rollBack(TestAccess.OPERATOR, move.id());
            await(moves, move, Reembedding.Status.READY);
            moves.discard(TestAccess.OPERATOR, move.id());
            await(moves, move, Reembedding.Status.CANCELLED);
            assertThat(moves.list(TestAccess.OPERATOR)).hasSize(1);
        }
    }

    private static void await(ReembeddingService moves, Reembedding move, Reembedding.Status status) {
        Awaitility.await()
                .atMost(IngestionFixture.SOON)
                .until(() -> moves.get(TestAccess.OPERATOR, move.id()).status() == status);
    }

    private static void rescan(IngestionFixture ingestionFixture, Path folder) throws Exception {
        ingestionFixture.scan(folder);
        var source = ingestionFixture
                .sources
                .list(TestAccess.OPERATOR, CollectionId.DEFAULT)
                .getFirst();
        JobRepository jobs = ingestionFixture.context.getBean(JobRepository.class);
        jobs.createScan(TestAccess.OPERATOR, source.id(), source.collection(), false, true);
        jobs.createScan(TestAccess.OPERATOR, source.id(), source.collection(), true, false);
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        JobId forgotten = jobs.createScan(TestAccess.OPERATOR, source.id(), source.collection(), false, true);
        jobs.hasOpenScan(source.id());
        jobs.restart(forgotten, true);
        jobs.deleteEmpty(forgotten);
        SourceStatements.runWatchStatements(ingestionFixture.context, source.id());
        ingestionFixture.sources.describe(TestAccess.OPERATOR, source.id());
        ingestionFixture.sources.missing(TestAccess.OPERATOR, source.id(), null, 10);
        ingestionFixture.sources.missing(TestAccess.OPERATOR, source.id(), "a.txt", 10);
        ingestionFixture.jobs.findScan(TestAccess.OPERATOR, source.id());
        ingestionFixture.jobs.page(TestAccess.OPERATOR, CollectionId.DEFAULT, "zzz", 10);
        ingestionFixture.jobs.page(TestAccess.OPERATOR, null, null, 10);
        ingestionFixture
                .context
                .getBean(DocumentRegistrar.class)
                .recordUnreadable(
                        ingestionFixture.writable(),
                        new IncomingDocument(
                                source.id(),
                                "secret.txt",
                                "folder:secret.txt",
                                "S",
                                "unreadable-1",
                                1,
                                1,
                                false,
                                false,
                                ConflictPolicy.REFUSE),
                        "It cannot be read.");
        DocumentStatusRepository statuses = ingestionFixture.context.getBean(DocumentStatusRepository.class);
        PipelineVersion version =
                ingestionFixture.context.getBean(PipelineVersionProvider.class).current();
        statuses.recordCancelled(List.of(ingestionFixture.titled("S").id()), version, "cancelled", "It was cancelled.");
        assertThat(statuses.restoreAttempt(ingestionFixture.titled("S").id(), "another", version))
                .isFalse();
        jobs.markFailed(jobs.create(ingestionFixture.writable(), true), "unreadable", "It cannot be read.");
        QueuePauseRepository pauses = ingestionFixture.context.getBean(QueuePauseRepository.class);
        pauses.save(new QueuePause(RequiredService.INDEX, "index_unavailable", "It is away.", Instant.EPOCH));
        assertThat(pauses.findLongest()).isPresent();
        pauses.deleteOrphaned();
        pauses.delete();
    }

    private void readEverything(IngestionFixture ingestionFixture) throws Exception {
        ingestionFixture.jobs.addTexts(
                TestAccess.OPERATOR,
                CollectionId.DEFAULT,
                List.of(
                        new TextDocument("t", "Birds", "# Birds\nBirds sing."),
                        new TextDocument("u", "Fish", "Fish swim.")));
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        ingestionFixture
                .context
                .getBean(JdbcClient.class)
                .sql("UPDATE document SET pipeline = 'p1c1' WHERE id = ?")
                .param(ingestionFixture.titled("Birds").id().value())
                .update();
        ingestionFixture.context.getBean(OutdatedDocumentQueue.class).queueAll();
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        Document document = ingestionFixture.titled("Birds");
        ingestionFixture.documents.page(
                TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(DocumentStatus.DONE, "bir", "zzz", 10));
        ingestionFixture.documents.page(
                TestAccess.OPERATOR,
                CollectionId.DEFAULT,
                new DocumentFilter(
                        null,
                        null,
                        new SearchFilter(
                                List.of(new SearchFilter.AnyOf("uri", Set.of("text:t", "birds"), Set.of(), Set.of()))),
                        "zzz",
                        10));
        ingestionFixture.documents.counts();
        ingestionFixture.documents.text(TestAccess.OPERATOR, document.id());
        ingestionFixture.documents.lines(TestAccess.OPERATOR, document.id(), document.version());
        ingestionFixture.documents.content(TestAccess.OPERATOR, document.id());
        ingestionFixture.documents.suggestions(TestAccess.OPERATOR, CollectionId.DEFAULT, 3);
        PassageId passage = ingestionFixture
                .passages
                .ofDocument(document.id(), ingestionFixture.readable())
                .getFirst()
                .id();
        var readable = ingestionFixture.collections.readableBy(new Caller.Visitor("v"));
        ingestionFixture.passages.present(List.of(passage), readable);
        ingestionFixture.passages.neighbours(passage, 1, 1, readable);
        ingestionFixture.collections.generations(readable);
        ingestionFixture.documents.find(document.id(), readable);
        ingestionFixture.documents.findStates(List.of(document.id()), readable);
        ingestionFixture
                .context
                .getBean(DocumentWarnings.class)
                .find(
                        List.of(document.id()),
                        ingestionFixture.collections.searchableBy(TestAccess.OPERATOR, List.of()));
        filter(ingestionFixture, document);
        ingestionFixture.collections.list(new Caller.Visitor("v"));
        assertThat(ingestionFixture.context.getBean(IndexOwner.class).id()).isNotEmpty();
        Path original = ingestionFixture
                .documents
                .content(TestAccess.OPERATOR, document.id())
                .file();
        Path aside = Files.move(original, temporary.resolve("aside"));
        Files.writeString(original.resolveSibling("0".repeat(62)), "Nobody's.");
        ingestionFixture.context.getBean(Reconciler.class).repair(TestAccess.OPERATOR);
        Files.move(aside, original);
    }

    /** Every kind of condition, over tags of a document and of a source. */
    private static void filter(IngestionFixture ingestionFixture, Document document) {
        DocumentTags tags = ingestionFixture.context.getBean(DocumentTags.class);
        tags.set(TestAccess.OPERATOR, document.id(), List.of("bird"));
        SourceId upload = ingestionFixture
                .find(document.id())
                .orElseThrow()
                .locations()
                .getFirst()
                .source();
        tags.set(ingestionFixture.writable(), upload, List.of("upload"));
        tags.set(TestAccess.OPERATOR, document.id(), List.of("bird", "upload"));
        tags.find(ingestionFixture.writable(), upload);
        DocumentFields fields = ingestionFixture.context.getBean(DocumentFields.class);
        fields.list(TestAccess.OPERATOR, CollectionId.DEFAULT);
        for (String field : List.of("tags", "title", "uri", "media_type", "language", "created", "metadata.author")) {
            fields.find(
                    new SearchFilter(List.of(new SearchFilter.AnyOf(field, Set.of("upload"), Set.of(), Set.of()))),
                    ingestionFixture.readable());
        }
        for (SearchFilter.Unit unit : SearchFilter.Unit.values()) {
            fields.find(
                    new SearchFilter(List.of(new SearchFilter.Range("modified", unit, 1, 2))),
                    ingestionFixture.readable());
        }
        fields.find(
                new SearchFilter(
                        List.of(new SearchFilter.AnyOf("modified", Set.of("1970-01-02"), Set.of(1L), Set.of(2L)))),
                ingestionFixture.readable());
    }

    private void change(IngestionFixture ingestionFixture) throws Exception {
        Document document = ingestionFixture.titled("Birds");
        JobId again = ingestionFixture.jobs.reingest(TestAccess.OPERATOR, document.id());
        ingestionFixture.await(again);
        ingestionFixture.jobs.retry(TestAccess.OPERATOR, again);
        embedder.before = () -> pause(300);
        JobId cancelled = ingestionFixture.jobs.addTexts(
                TestAccess.OPERATOR,
                CollectionId.DEFAULT,
                List.of(new TextDocument("c", "Cows", "Cows eat."), new TextDocument("d", "Dogs", "Dogs bark.")));
        ingestionFixture.jobs.cancel(TestAccess.OPERATOR, cancelled);
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        embedder.before = () -> {};
        ingestionFixture.documents.delete(TestAccess.OPERATOR, document.id());
        CollectionId collection = ingestionFixture
                .collections
                .create(TestAccess.OPERATOR, "Other")
                .id();
        ingestionFixture.collections.rename(TestAccess.OPERATOR, collection, "Others");
        ingestionFixture.collections.change(
                TestAccess.OPERATOR, collection, new CollectionChange(null, new NumberChange(7)));
        ingestionFixture.collections.conversationDays(ingestionFixture.collections.readableBy(TestAccess.OPERATOR));
        ingestionFixture.await(ingestionFixture.jobs.addTexts(
                TestAccess.OPERATOR, collection, List.of(new TextDocument("x", "X", "X is."))));
        ingestionFixture.collections.delete(TestAccess.OPERATOR, collection);

        TaskRepository tasks = ingestionFixture.context.getBean(TaskRepository.class);
        JobRepository jobs = ingestionFixture.context.getBean(JobRepository.class);
        JobId lost = jobs.create(ingestionFixture.writable(), true);
        tasks.add(lost, Map.of(ingestionFixture.titled("Fish").id(), 1L), TaskRepository.Priority.UPLOAD);
        say("UPDATE task SET status = 'running', owner = 'dead' WHERE job = ?", lost.value());
        tasks.requeueOrphaned();
        jobs.requeueOrphaned();
        tasks.clearBackOff();
        Task gone = new Task("none", lost, ingestionFixture.titled("Fish").id(), 0, false, null);
        assertThat(tasks.requeue(gone, Duration.ZERO, true)).isFalse();
        assertThat(tasks.requeueAsLarge(gone, 1, 2)).isFalse();
        TaskProgressRepository progress = ingestionFixture.context.getBean(TaskProgressRepository.class);
        progress.record(gone, 1, 2, 3);
        progress.findRunning(lost, 20);
        progress.find(List.of(gone.document()));
        ingestionFixture.context.getBean(DocumentStatusRepository.class).findTitles(List.of(gone.document()));
        assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
        ingestionFixture.context.getBean(LibraryMaintenance.class).cleanUp();
        jobs.pruneFinished(0);
    }

    /** An index that is lost but for something that nobody knows, and then lost with the embeddings, too. */
    private void breakAndReopen() throws Exception {
        InMemoryIndexes stray = new InMemoryIndexes();
        stray.open(embedder.fingerprint())
                .add(List.of(new IndexedPassage(
                        new PassageId("none.1.0"),
                        CollectionId.DEFAULT,
                        new DocumentId("none"),
                        1,
                        "en",
                        "",
                        List.of(),
                        "Nobody knows this.",
                        new float[1])));
        try (IngestionFixture ingestionFixture = IngestionFixture.open(
                temporary.resolve("data"), stray, embedder, new LineParser(), database.settings())) {
            ingestionFixture.awaitAgreement();
        }
        say("DELETE FROM embedding", null);
        try (IngestionFixture ingestionFixture = IngestionFixture.open(
                temporary.resolve("data"), new InMemoryIndexes(), embedder, new LineParser(), database.settings())) {
            assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
            pause(500);
        }
    }

    private void converse() {
        ConversationsFixture fixture = new ConversationsFixture(database);
        Caller anna = ConversationsFixture.ANNA;
        ConversationId conversation =
                fixture.conversationService.create(anna, "Leave", List.of()).id();
        for (int i = 0; i < 3; i++) {
            StartedTurn turn = fixture.turnService.begin(anna, conversation, "Question " + i, null);
            fixture.turnService.saveProgress(turn.answer(), "Half");
            fixture.turnService.finish(turn.answer(), Message.Status.COMPLETE, "Whole", "{}", ANSWERED);
            fixture.turnService.exists(turn.answer());
            fixture.messageService.rate(anna, turn.answer(), new Feedback(Feedback.Rating.UP, null));
            fixture.messageService.page(anna, conversation, null, turn.question(), 10);
            fixture.messageService.find(anna, conversation, turn.answer());
        }
        fixture.messageService.page(anna, conversation, null, null, 10);
        fixture.conversationService.page(anna, "leave", null, 10);
        fixture.conversationService.rename(anna, conversation, "Other");
        StartedTurn orphan = fixture.turnService.begin(anna, conversation, "Lost?", null);
        say("UPDATE message SET owner = 'dead' WHERE id = ?", orphan.answer().value());
        fixture.turnService.interruptOrphanedAnswers();
        say(
                "UPDATE message SET answer_status = NULL WHERE id = ?",
                orphan.answer().value());
        fixture.turnService.completeOutcomes(10, answer -> ANSWERED);
        fixture.turnService.findGenerating(RemoteReadersFixture.exchangeAll(database.jdbc(), orphan.answer()));
        fixture.conversationService.count(anna);
        fixture.conversationService.move(new Caller.Visitor("nobody"), anna);
        fixture.conversationService.delete(anna, conversation);
        fixture.conversationService.create(anna, "Old", List.of());
        fixture.deleteOlderThan(Instant.now());
    }

    /** What is only reached from outside. */
    private void request() throws Exception {
        try (TestDatabase another = DatabaseEngine.POSTGRESQL.open(temporary);
                TestServer server = TestServer.start(List.of(another.settings()))) {
            server.bean(SecretReplacer.class).replaceSigningKey();
            String cookie = server.newCookie("/api/v1/collections");
            for (int i = 0; i < 2; i++) {
                server.send(server.request("/api/v1/conversations")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "key")
                        .header("Cookie", cookie)
                        .POST(TestServer.body("{}")));
            }
            server.send(server.request("/api/v1/conversations")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "bad")
                    .header("Cookie", cookie)
                    .POST(TestServer.body("{")));
            server.post("/api/v1/search", "{\"query\":\"How long is the warranty?\"}");
            UsageLedger ledger = server.bean(UsageLedger.class);
            ledger.record(usage(null));
            ledger.addToJob(usage(new JobId("job")));
            ApiKeyStatements.run(server);
            String anna = SignInStatements.run(server);
            PasskeyStatements.run(server, anna);
            ProviderStatements.run(server, anna);
            AccountStatements.run(server);
            server.get("/health");
        }
    }

    private static UsageEntry usage(@Nullable JobId job) {
        return new UsageEntry(
                Instant.EPOCH,
                "m",
                new ModelCallContext(Purpose.EMBED_PASSAGE, null, null, job),
                1,
                1,
                1,
                0,
                false,
                UsageEntry.Outcome.DONE,
                Duration.ZERO,
                Money.ZERO);
    }

    /** What no statement of the program does. */
    private void say(String sql, @Nullable String parameter) {
        StatementRecorder.without(() -> database.jdbc()
                .sql(sql)
                .params(parameter == null ? List.of() : List.of(parameter))
                .update());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
