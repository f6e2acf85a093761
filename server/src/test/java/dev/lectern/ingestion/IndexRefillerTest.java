package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.index.SearchScope;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index's files come to harm while the program is off. */
class IndexRefillerTest {
    @TempDir
    Path temporary;

    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private Path data;
    private long generation;

    @BeforeEach
    void ingest() throws Exception {
        data = temporary.resolve("data");
        Path folder = Files.createDirectories(temporary.resolve("folder"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve(i + ".txt"), "# Part\nThis is document number " + i + ".");
        }
        try (IngestionFixture ingestionFixture = open()) {
            assertThat(ingestionFixture.scan(folder).progress().done()).isEqualTo(30);
            ingestionFixture.awaitAgreement();
            generation = generation(ingestionFixture);
        }
    }

    @Test
    void start_indexFolderDeleted_isFilledAgainWithoutEmbedding() throws Exception {
        for (Path file : indexFiles()) {
            Files.delete(file);
        }
        assertFilledAgain();
    }

    @Test
    void start_indexDamaged_isFilledAgainWithoutEmbedding() throws Exception {
        for (Path file : indexFiles()) {
            if (file.getFileName().toString().startsWith("segments")) {
                Files.writeString(file, "This is no index.");
            }
        }
        assertFilledAgain();
    }

    @Test
    void start_fileOfTheIndexLost_isFilledAgainWithoutEmbedding() throws Exception {
        for (Path file : indexFiles()) {
            if (file.getFileName().toString().startsWith("_")) {
                Files.delete(file);
            }
        }
        assertFilledAgain();
    }

    private static long generation(IngestionFixture ingestionFixture) {
        return ingestionFixture.generation(CollectionId.DEFAULT);
    }

    /** What was found meanwhile in an index that lacked something is not kept: the generation rises. */
    private void assertFilledAgain() {
        int embedded = embedder.count();
        try (IngestionFixture ingestionFixture = open()) {
            assertSearchesSeeEverythingOrFail(ingestionFixture);
            await().atMost(IngestionFixture.SOON)
                    .untilAsserted(
                            () -> assertThat(ingestionFixture.drift().agrees()).isTrue());
            assertThat(ingestionFixture.all()).hasSize(30);
            assertThat(embedder.count()).isEqualTo(embedded);
            await().atMost(IngestionFixture.SOON)
                    .untilAsserted(
                            () -> assertThat(generation(ingestionFixture)).isGreaterThan(generation));
        }
    }

    /** From the first moment on: an index without its passages must not look like a library without documents. */
    private void assertSearchesSeeEverythingOrFail(IngestionFixture ingestionFixture) {
        SearchableIndexes indexes = ingestionFixture.context.getBean(SearchableIndexes.class);
        SearchScope everything = SearchScope.of(TestAccess.readable(Set.of(CollectionId.DEFAULT)));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                assertThat(indexes.<Long>search(embedder.fingerprint(), index -> index.count(everything)))
                        .isEqualTo(30);
                return true;
            } catch (LecternException rebuilding) {
                assertThat(rebuilding.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE);
                assertThat(rebuilding.retryAfter()).isPresent();
                return false;
            }
        });
    }

    private List<Path> indexFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("index"))) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private IngestionFixture open() {
        return IngestionFixture.openWithLucene(data, embedder, new LineParser());
    }
}
