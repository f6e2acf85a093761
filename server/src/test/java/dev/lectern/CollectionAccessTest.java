package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.lectern.answering.Answer;
import dev.lectern.answering.AnswerTimings;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.streams.ReadableTurnStream;
import dev.lectern.answering.streams.RemoteStreams;
import dev.lectern.answering.view.AnswerPersistence;
import dev.lectern.answering.view.AnswerPresenter;
import dev.lectern.conversations.AnswerOutcome;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Feedback;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.conversations.StartedTurn;
import dev.lectern.conversations.StoredAnswerRenderer;
import dev.lectern.conversations.TurnService;
import dev.lectern.http.Page;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.sources.SourceFinding;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.CollectionChange;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.Documents;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchableCollections;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.RetrievalResult;
import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Sha256;
import dev.lectern.shared.SourceId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Calls every method of the modules' doors, and the API, for a caller whom a policy denies access. */
@NeedsServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class CollectionAccessTest {
    /** A word of the document that the caller must not see. */
    private static final String SECRET = "Zanzibar";

    private static final String UPLOAD =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nRefused.\r\n--b--\r\n";

    private static final Caller OPERATOR = TestAccess.OPERATOR;
    private static final Caller DENIED = new Caller.Visitor("denied");

    /** Methods that show a stored answer to whom it was given, without what the caller may no longer read. */
    private static final Set<Class<?>> REDACTING =
            Set.of(AnswerPresenter.class, AnswerPersistence.class, StoredAnswerRenderer.class, RemoteStreams.class);

    /** Grants operators everything, and others one permission at most. */
    static final class TestPolicy implements CollectionAccessPolicy {
        volatile @Nullable Permission visitors;

        @Override
        public boolean isGranted(Caller caller, Permission permission, CollectionId collection) {
            Permission most = visitors;
            return caller instanceof Caller.Operator
                    || (!caller.equals(DENIED) && most != null && most.includes(permission));
        }

        @Override
        public boolean isCreationGranted(Caller caller) {
            return caller instanceof Caller.Operator;
        }

        @Override
        public Set<String> labels(Caller caller) {
            return Set.of();
        }
    }

    static class Policy {
        @Bean
        TestPolicy testPolicy() {
            return new TestPolicy();
        }
    }

    private TestServer server;
    private TestPolicy policy;
    private LibraryCollections collections;
    private Documents documents;
    private JobService jobs;
    private CollectionId collection;
    private Document document;
    private Passage passage;
    private JobId job;
    private SourceId source;
    private ConversationId conversation;
    private Message answer;
    private Answer given;

    @TempDir
    private static Path folder;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(Policy.class);
        policy = server.bean(TestPolicy.class);
        collections = server.bean(LibraryCollections.class);
        documents = server.bean(Documents.class);
        jobs = server.bean(JobService.class);
        collection = collections.create(OPERATOR, "Secret").id();
        job = jobs.addTexts(
                OPERATOR,
                collection,
                List.of(new JobService.TextDocument("t", "Islands", "# Islands\n" + SECRET + " is an island.")));
        assertThat(jobs.await(OPERATOR, job, Duration.ofSeconds(60)).progress().done())
                .isOne();
        document = documents
                .page(OPERATOR, collection, new DocumentFilter(null, null, null, 1))
                .items()
                .getFirst();
        passage = server.bean(Passages.class)
                .ofDocument(document.id(), collections.readableBy(OPERATOR))
                .getFirst();
        source = server.bean(SourceService.class)
                .addFolder(OPERATOR, Files.createDirectories(folder.resolve("source")), collection)
                .id();
        storeConversation();
    }

    private void storeConversation() {
        conversation = server.bean(ConversationService.class)
                .create(OPERATOR, "Islands", List.of(collection))
                .id();
        TurnService turns = server.bean(TurnService.class);
        StartedTurn turn = turns.begin(OPERATOR, conversation, "Which islands are there?", null);
        String quote = SECRET + " is an island.";
        given = new Answer(
                turn.answer(),
                Answer.Status.ANSWERED,
                null,
                "“" + quote + "” [1]",
                List.of(new Citation(
                        1,
                        document.id(),
                        document.version(),
                        collection,
                        document.title(),
                        document.uri(),
                        null,
                        List.of(),
                        quote,
                        null,
                        0,
                        quote.length(),
                        1)),
                List.of(),
                Quoter.NAME,
                false,
                TokenUsage.NONE,
                new AnswerTimings(null, null, null, 0),
                List.of(found()),
                null,
                null,
                null);
        String json = JsonMapper.builder().build().writeValueAsString(given);
        assertThat(turns.finish(
                        turn.answer(),
                        Message.Status.COMPLETE,
                        "",
                        json,
                        new AnswerOutcome("answered", null, "extractive")))
                .isTrue();
        answer = server.bean(MessageService.class).find(OPERATOR, conversation, turn.answer());
    }

    private FoundPassage found() {
        return new FoundPassage(
                passage.id(),
                document.id(),
                document.title(),
                document.uri(),
                null,
                List.of(),
                passage.text(),
                null,
                passage.start(),
                passage.end(),
                1);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    /** Otherwise the refusals would be about things that do not exist. */
    @Test
    void arguments_withPermission_areThere() {
        assertThat(documents.text(OPERATOR, document.id()).orElseThrow().text()).contains(SECRET);
        assertThat(passage.text()).contains(SECRET);
        assertThat(jobs.job(OPERATOR, job).caller()).isEqualTo(OPERATOR);
        assertThat(server.bean(SourceService.class).list(OPERATOR, collection)).hasSize(1);
        assertThat(server.bean(AnswerPresenter.class).render(List.of(answer), OPERATOR))
                .asString()
                .contains(SECRET);
    }

    @Test
    void everyMethod_callerWithoutPermission_isRefused() throws Exception {
        policy.visitors = null;
        Set<String> called = new TreeSet<>();
        for (Method method : CollectionDoors.guarded()) {
            if (takesOnlySystemTasks(method) || isOfTheCallersOwn(method)) {
                continue;
            }
            Collection<?> beans = server.beans(method.getDeclaringClass()).values();
            assertThat(beans).as("Beans with %s", method).isNotEmpty();
            for (Object bean : beans) {
                assertRefused(bean, method);
            }
            called.add(CollectionDoors.name(method));
        }
        assertThat(called)
                .contains(
                        "LibraryCollections.rename",
                        "Documents.delete",
                        "Passages.present",
                        "DocumentRegistrar.register",
                        "Reconciler.repair",
                        "JobService.addTexts",
                        "UploadService.addFiles",
                        "SourceService.remove",
                        "MessageService.find",
                        "Retriever.retrieve",
                        "SynchronousAnswerer.answer",
                        "QuestionService.ask");
        assertThat(documents.get(OPERATOR, document.id()))
                .extracting(Document::version)
                .isEqualTo(1);
        assertThat(collections.get(OPERATOR, collection).name()).isEqualTo("Secret");
        assertThat(collections.get(OPERATOR, collection).documents()).isOne();
    }

    /** The permissions of tasks are fixed, and no request can name one. */
    private static boolean takesOnlySystemTasks(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(Caller.SystemTask.class);
    }

    /** Everyone may begin a conversation, and learn how long it is kept; permissions are checked when a question is asked in it. */
    private static boolean isOfTheCallersOwn(Method method) {
        return Set.of("ConversationService.create", "ConversationRetention.expiry")
                .contains(CollectionDoors.name(method));
    }

    private void assertRefused(Object bean, Method method) throws Exception {
        Object result;
        try {
            @Nullable Object[] arguments = new @Nullable Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(method.getGenericParameterTypes()[i].getTypeName(), method);
            }
            result = method.invoke(bean, arguments);
        } catch (LecternException noProof) {
            assertThat(noProof.code()).as("%s", method).isIn(ErrorCode.NOT_FOUND, ErrorCode.FORBIDDEN);
            return;
        } catch (InvocationTargetException e) {
            assertThat(e.getCause())
                    .as("%s", method)
                    .isInstanceOfSatisfying(
                            LecternException.class,
                            refusal -> assertThat(refusal.code()).isIn(ErrorCode.NOT_FOUND, ErrorCode.FORBIDDEN));
            return;
        }
        if (result instanceof ReadableTurnStream stream) {
            result = stream.await(Long.MAX_VALUE, Duration.ofSeconds(60));
        }
        if (REDACTING.contains(method.getDeclaringClass())) {
            assertThat(String.valueOf(result))
                    .as("%s", method)
                    .isNotEqualTo("null")
                    .doesNotContain(SECRET);
        } else {
            assertThat(isEmpty(result)).as("%s returned %s", method, result).isTrue();
        }
    }

    private static boolean isEmpty(@Nullable Object result) {
        return switch (result) {
            case Optional<?> optional -> optional.isEmpty();
            case Collection<?> some -> some.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case Long count -> count == 0;
            case Page<?> page -> page.items().isEmpty();
            case ReadableCollections readable -> readable.ids().isEmpty();
            case SearchableCollections searchable ->
                searchable.readable().ids().isEmpty()
                        && searchable.generations().isEmpty();
            case RetrievalResult retrieved -> retrieved.passages().isEmpty();
            case Answer abstention ->
                abstention.citations().isEmpty()
                        && abstention.nearest().isEmpty()
                        && !abstention.text().contains(SECRET);
            case null, default -> false;
        };
    }

    /** @param type as Java writes it */
    private @Nullable Object argument(String type, Method method) {
        return switch (type.replaceAll("\\b(?:[a-z]\\w*\\.)+", "")) {
            case "Caller" -> DENIED;
            case "ReadableCollections" -> collections.readableBy(DENIED);
            case "WritableCollection" -> collections.writableBy(DENIED, collection);
            case "RetrievalRequest" ->
                new RetrievalRequest(
                        "Which islands are there?",
                        List.of(),
                        collections.readableBy(DENIED),
                        RetrievalMode.LEXICAL,
                        10,
                        deadline(),
                        ModelCallContext.probe());
            case "SearchFilter" ->
                new SearchFilter(List.of(new SearchFilter.AnyOf("title", Set.of("islands"), Set.of(), Set.of())));
            case "List<String>" -> List.of("t");
            case "CollectionId" -> collection;
            case "CollectionChange" -> CollectionChange.ofName("Renamed");
            case "DocumentId" -> document.id();
            case "PassageId" -> passage.id();
            case "JobId" -> job;
            case "SourceId" -> source;
            case "ConversationId" -> conversation;
            case "MessageId" -> answer.id();
            case "Message" -> answer;
            case "Answer" -> given;
            case "Feedback" -> new Feedback(Feedback.Rating.UP, null);
            case "SourceFinding$Kind" -> SourceFinding.Kind.LINK;
            case "DocumentFilter" -> new DocumentFilter(null, null, null, 10);
            case "ModelCallContext" -> ModelCallContext.probe();
            case "Path" -> folder;
            case "Deadline" -> deadline();
            case "Duration" -> Duration.ofSeconds(1);
            case "String" ->
                switch (CollectionDoors.name(method)) {
                    case "AnswerPersistence.restoreProgress" -> AnswerPersistence.writePassages(List.of(found()));
                    case "AnswerPersistence.restoreState" -> AnswerPersistence.write(given);
                    case "ConversationService.page", "SourceService.findings", "SourceService.missing" -> null;
                    default -> "onnx:other";
                };
            case "BigDecimal" -> null;
            case "boolean" -> true;
            case "int" -> 1;
            case "SearchableCollections" -> collections.searchableBy(DENIED, List.of());
            case "Collection<DocumentId>" -> List.of(document.id());
            case "Collection<PassageId>" -> List.of(passage.id());
            case "Collection<String>" -> List.of("t");
            case "List<CollectionId>" -> List.of(collection);
            case "List<JobService$TextDocument>" -> List.of(new JobService.TextDocument("u", "U", "Text."));
            case "List<PastExchange>", "List<UploadService$UploadedFile>", "List<IncomingDocument>" -> List.of();
            case "List<CollectionGrant>" -> List.of();
            case "List<Message>" -> List.of(answer);
            case "List<Citation>" -> given.citations();
            case "List<FoundPassage>" -> List.of(found());
            case "Predicate<Job>" -> (Predicate<Job>) _ -> false;
            case "Supplier<String>" -> (Supplier<String>) () -> "t";
            case "Runnable" -> (Runnable) () -> {};
            case "BooleanSupplier" -> (BooleanSupplier) () -> true;
            case "Supplier<LecternException>" ->
                (Supplier<LecternException>) () -> new LecternException(ErrorCode.NOT_FOUND, "Not found.");
            case "PipelineVersion", "IncomingDocument", "Consumer<List<RegistrationResult>>" -> null;
            default -> fail("No argument of the type %s for %s. Add one here.", type, method);
        };
    }

    @Test
    void jobs_ofAllCollections_areThoseThatTheCallerMayRead() {
        assertThat(jobs.page(DENIED, null, null, 1).items()).isEmpty();
        assertThat(jobs.page(OPERATOR, null, null, 200).items())
                .extracting(Job::id)
                .contains(job);
    }

    @Test
    void scan_ofCallerWithoutPermissionAnyMore_failsAndChangesNothing() throws Exception {
        JobRepository repository = server.bean(JobRepository.class);
        JobId scan = repository.createScan(DENIED, source, collection, true, false);
        server.bean(SourceService.class).wakeScans();
        Job failed = jobs.await(OPERATOR, scan, Duration.ofSeconds(60));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reasonCode()).isEqualTo("not_found");
        assertThat(failed.caller()).isEqualTo(DENIED);
    }

    private HttpResponse<String> call(String call) throws Exception {
        String[] parts = call.split(" ", 3);
        String path = parts[1].replace("{c}", collection.value())
                .replace("{d}", document.id().value())
                .replace("{j}", job.value())
                .replace("{s}", source.value());
        String body = parts.length < 3 ? "" : parts[2].replace("{c}", collection.value());
        boolean multipart = body.startsWith("--");
        return server.send(server.remoteRequest("/api/v1" + path)
                .header("Content-Type", multipart ? "multipart/form-data; boundary=b" : "application/json")
                .method(parts[0], TestServer.body(multipart ? UPLOAD : body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /collections/{c}",
                "PATCH /collections/{c} {\"name\":\"Mine\"}",
                "DELETE /collections/{c}",
                "GET /collections/{c}/documents",
                "GET /collections/{c}/suggestions",
                "POST /collections/{c}/documents --b",
                "GET /jobs?collection={c}",
                "GET /jobs/{j}",
                "GET /jobs/{j}/events",
                "POST /jobs/{j}/retry",
                "DELETE /jobs/{j}",
                "GET /documents/{d}",
                "GET /documents/{d}/text",
                "GET /documents/{d}/content",
                "DELETE /documents/{d}",
                "POST /documents/{d}/reingest",
                "POST /search {\"query\":\"island\",\"collections\":[\"{c}\"]}",
                "POST /ask {\"question\":\"Which island?\",\"collections\":[\"{c}\"]}",
            })
    void visitor_withoutPermission_isToldThatNothingIsThere(String call) throws Exception {
        policy.visitors = null;
        HttpResponse<String> response = call(call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"not_found\"").doesNotContain(SECRET, "Secret", "Islands");
    }

    @Test
    void visitor_withoutPermission_findsNothing() throws Exception {
        policy.visitors = null;
        assertThat(call("GET /collections").body()).contains("\"items\":[]");
        assertThat(call("GET /jobs").body()).contains("\"items\":[]");
        assertThat(call("POST /search {\"query\":\"island\"}").body()).contains("\"items\":[]");
        assertThat(call("POST /ask {\"question\":\"Which island?\"}").body())
                .contains("abstained")
                .doesNotContain(SECRET, "Islands");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /collections/{c}/documents --b",
                "POST /jobs/{j}/retry",
                "DELETE /jobs/{j}",
                "DELETE /documents/{d}",
                "POST /documents/{d}/reingest",
            })
    void visitor_whoMayRead_isRefusedToWrite(String call) throws Exception {
        policy.visitors = Permission.READ;
        HttpResponse<String> response = call(call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(response.body())
                .contains(
                        "\"code\":\"forbidden\"",
                        "You may read this collection but not change its documents.",
                        "permission `write`");
        assertThat(call("GET /documents/{d}/text").body()).contains(SECRET);
        assertThat(call("POST /search {\"query\":\"island\"}").body()).contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH /collections/{c} {\"name\":\"Mine\"}",
                "DELETE /collections/{c}",
                "POST /collections {\"name\":\"Another\"}",
                "GET /collections/{c}/sources",
                "GET /sources/{s}",
                "GET /sources/{s}/findings",
                "GET /sources/{s}/missing",
                "POST /sources/{s}/scan",
                "DELETE /sources/{s}",
                "GET /embedder",
                "POST /library/repair",
            })
    void visitor_whoMayWrite_isRefusedToManage(String call) throws Exception {
        policy.visitors = Permission.WRITE;
        HttpResponse<String> response = call(call);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(response.body()).contains("\"code\":\"forbidden\"");
        assertThat(collections.get(OPERATOR, collection).name()).isEqualTo("Secret");
    }

    /** The bytes of a refused upload are not stored. */
    @Test
    void upload_thatIsRefused_leavesNoOriginal() throws Exception {
        policy.visitors = Permission.READ;
        assertThat(call("POST /collections/{c}/documents --b").statusCode()).isEqualTo(403);
        Set<String> stored = new HashSet<>();
        server.bean(OriginalStore.class).forEach(stored::add);
        assertThat(stored).isNotEmpty().doesNotContain(Sha256.hex("Refused."));
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    }
}
