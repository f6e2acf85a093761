package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.index.IndexedDocument;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageIndexRegistry;
import dev.lectern.index.SearchScope;
import dev.lectern.index.TargetIndexFactory;
import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.LineParser;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.LibraryIdRepository;
import dev.lectern.library.consistency.IndexCopier;
import dev.lectern.library.consistency.IndexCopier.Report;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the index in the data folder to Qdrant and back, while the library is open. */
@Timeout(120)
class IndexCopyTest {
    private static final int DOCUMENTS = 30;
    private static final int COPIED_AT_A_TIME = 1_000;

    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(CollectionId.DEFAULT)));

    @TempDir
    Path folder;

    private final CountingEmbedder embedder = new CountingEmbedder("counting") {
        @Override
        public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
            return super.embedPassages(passages, context, deadline).stream()
                    .map(IndexCopyTest::normalize)
                    .toList();
        }
    };
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private FakeQdrantServer qdrant;
    private IngestionFixture ingestionFixture;

    @BeforeEach
    void open() throws Exception {
        qdrant = FakeQdrantServer.start();
        ingestionFixture = IngestionFixture.openWithLucene(folder.resolve("data"), embedder, new LineParser());
        add(IntStream.range(0, DOCUMENTS).mapToObj(i -> "Text number " + i).toList());
    }

    @AfterEach
    void close() {
        ingestionFixture.close();
        qdrant.close();
        executor.close();
    }

    @Test
    void thereAndBack_isWhole_andNothingIsEmbeddedAgain() throws Exception {
        int embedded = embedder.count();
        Report there = toQdrant((added, all) -> {});
        assertThat(there.added()).isEqualTo(DOCUMENTS);
        assertThat(there.found()).isEqualTo(DOCUMENTS);
        assertThat(there.lost()).isEmpty();
        assertThat(there.collections())
                .singleElement()
                .satisfies(one -> assertThat(one.passages()).isEqualTo(DOCUMENTS));
        try (PassageIndexRegistry copied = qdrant();
                PassageIndexRegistry back = TargetIndexFactory.openFolder(folder.resolve("back"), Clock.systemUTC())) {
            assertSame(copied);
            Report again = copy(back, (added, all) -> {});
            assertThat(again.added()).isEqualTo(DOCUMENTS);
            assertSame(back);
        }
        assertThat(embedder.count()).isEqualTo(embedded);
    }

    @Test
    void again_addsOnlyWhatIsNew_andTakesAwayWhatHasGone() throws Exception {
        toQdrant((added, all) -> {});
        assertThat(toQdrant((added, all) -> {}).added()).isZero();
        add(List.of("One more"));
        ingestionFixture.documents.delete(TestAccess.OPERATOR, id("Text number 7"));
        Report report = toQdrant((added, all) -> {});
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.collections().getFirst().passages()).isEqualTo(DOCUMENTS);
    }

    @Test
    void killed_goesOnWithWhatIsMissing() throws Exception {
        add(IntStream.range(0, COPIED_AT_A_TIME).mapToObj(i -> "More " + i).toList());
        int all = DOCUMENTS + COPIED_AT_A_TIME;
        assertThatThrownBy(() -> toQdrant((added, of) -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        Report report = toQdrant((added, of) -> {});
        assertThat(report.added()).isEqualTo(all - COPIED_AT_A_TIME);
        assertThat(report.collections().getFirst().passages()).isEqualTo(all);
    }

    @Test
    void changesMeanwhile_areThereAtTheEnd() throws Exception {
        List<String> changes = new ArrayList<>(List.of("first", "second"));
        Report report = toQdrant((added, all) -> {
            if (!changes.isEmpty()) {
                add(List.of("Meanwhile " + changes.removeFirst()));
                ingestionFixture.documents.delete(TestAccess.OPERATOR, id("Text number " + changes.size()));
            }
        });
        assertThat(report.changing()).isZero();
        try (PassageIndexRegistry copied = qdrant()) {
            List<String> documents = new ArrayList<>();
            copied.open(embedder.fingerprint())
                    .forEachDocument(one -> documents.add(one.document().value()));
            assertThat(documents).containsExactlyInAnyOrderElementsOf(ids());
        }
    }

    @Test
    void lostEmbedding_isNamed_andTheLibraryLeftAsItIs() throws Exception {
        change("DELETE FROM embedding WHERE hash = (SELECT MIN(hash) FROM embedding)");
        Report report = toQdrant((added, all) -> {});
        assertThat(report.lost()).hasSize(1);
        assertThat(report.added()).isEqualTo(DOCUMENTS - 1);
        assertThat(ingestionFixture.documents.counts()).containsEntry(DocumentStatus.DONE, (long) DOCUMENTS);
    }

    @Test
    void wrongVectorThere_isFound() throws Exception {
        toQdrant((added, all) -> {});
        // The stored vector of one sampled passage is wrong.
        change("UPDATE embedding SET vector = x'0000803f00000000000000000000000000000000000000000000000000000000'"
                + " WHERE hash = (SELECT MIN(hash) FROM embedding)");
        assertThatThrownBy(() -> toQdrant((added, all) -> {}))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("does not find the passage");
    }

    @Test
    void anotherLibrarysIndex_isRefusedAndLeftAsItIs() throws Exception {
        toQdrant((added, all) -> {});
        UnpooledDatabase.ofFolder(folder.resolve("other")).migrateSchema();
        try (PassageIndexRegistry theirs = qdrantOf(folder.resolve("other"))) {
            assertThatThrownBy(() -> copy(theirs, (added, all) -> {}))
                    .hasMessageContaining("LECTERN_INDEX_QDRANT_COLLECTION_PREFIX");
        }
        assertThat(toQdrant((added, all) -> {}).added()).isZero();
    }

    @Test
    void folderThatAServerHasOpen_isRefused() {
        assertThatThrownBy(() -> {
                    try (PassageIndexRegistry open =
                            TargetIndexFactory.openFolder(folder.resolve("data"), Clock.systemUTC())) {
                        copy(open, (added, all) -> {});
                    }
                })
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("is open in another process. Stop that process, then start Lectern again.");
    }

    private void assertSame(PassageIndexRegistry indexes) {
        PassageIndex index = indexes.open(embedder.fingerprint());
        List<IndexedDocument> documents = new ArrayList<>();
        index.forEachDocument(documents::add);
        assertThat(documents).hasSize(DOCUMENTS);
        assertThat(index.lexical("number 17", ALL, 1, soon()))
                .extracting(hit -> hit.document())
                .containsExactly(id("Text number 17"));
        assertThat(index.count(ALL)).isEqualTo(DOCUMENTS);
    }

    private Report toQdrant(IndexCopier.Progress progress) throws Exception {
        try (PassageIndexRegistry target = qdrant()) {
            return copy(target, progress);
        }
    }

    private PassageIndexRegistry qdrant() {
        return qdrantOf(folder.resolve("data"));
    }

    private PassageIndexRegistry qdrantOf(Path data) {
        return TargetIndexFactory.openQdrant(
                qdrant.url(),
                Map.of(),
                () -> LibraryIdRepository.read(UnpooledDatabase.ofFolder(data)),
                executor,
                Clock.systemUTC());
    }

    private Report copy(PassageIndexRegistry target, IndexCopier.Progress progress) throws Exception {
        try (Connection library =
                UnpooledDatabase.ofFolder(folder.resolve("data")).connect()) {
            return IndexCopier.of(library, target, Clock.systemUTC()).run(progress);
        }
    }

    private void add(List<String> texts) {
        try {
            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR,
                    CollectionId.DEFAULT,
                    texts.stream()
                            .map(text -> new TextDocument(text, text, text))
                            .toList()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DocumentId id(String title) {
        return ingestionFixture
                .documents
                .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, title, null, 200))
                .items()
                .stream()
                .filter(document -> document.title().equals(title))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<String> ids() {
        return ingestionFixture
                .context
                .getBean(JdbcClient.class)
                .sql("SELECT id FROM document")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private void change(String sql) throws Exception {
        try (Connection library =
                        UnpooledDatabase.ofFolder(folder.resolve("data")).connect();
                Statement statement = library.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static float[] normalize(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += number * number;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return unit;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    }
}
