package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program ends in the middle of every step that touches database and index, and starts again on what is left. */
@OnEveryDatabase
class IngestionCrashTest {
    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final DatabaseEngine databaseEngine;
    private TestDatabase database;

    IngestionCrashTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void makeDatabase() {
        database = databaseEngine.open(temporary.resolve("data"));
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"before add", "after add", "before delete", "after delete"})
    void replacing_killedAtAStep_isFinishedAtTheNextStart(String step) throws Exception {
        Path data = temporary.resolve("data");
        CountDownLatch reached = new CountDownLatch(1);
        try (IngestionFixture ingestionFixture = open(data)) {
            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Old text."))));
            indexes.step = name -> {
                if (name.equals(step)) {
                    reached.countDown();
                    throw new Killed();
                }
            };
            ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "New text.")));
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(100);
        }
        indexes.step = name -> {};
        try (IngestionFixture ingestionFixture = open(data)) {
            assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
            Thread.sleep(200);
            Document document = ingestionFixture.titled("A");
            assertThat(document.status()).isEqualTo(DocumentStatus.DONE);
            // The number of an attempt that was killed is not given again.
            assertThat(document.version()).isBetween(2, 3);
            assertThat(ingestionFixture.texts(document)).containsExactly("New text.");
            assertThat(indexes.texts()).containsExactly("New text.");
            assertThat(embedder.embedded.values()).containsOnly(1);
            ingestionFixture.awaitAgreement();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"before delete", "after delete"})
    void deleting_killedAtAStep_isGoneAtOnceAndFinishedAtTheNextStart(String step) throws Exception {
        Path data = temporary.resolve("data");
        try (IngestionFixture ingestionFixture = open(data)) {
            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR, CollectionId.DEFAULT, List.of(new TextDocument("a", "A", "Old text."))));
            Document document = ingestionFixture.titled("A");
            indexes.step = name -> {
                if (name.equals(step)) {
                    throw new Killed();
                }
            };
            try {
                ingestionFixture.documents.delete(TestAccess.OPERATOR, document.id());
            } catch (Killed expected) {
                assertThat(ingestionFixture.find(document.id())).isEmpty();
                assertThat(ingestionFixture.texts(document)).isEmpty();
            }
        }
        indexes.step = name -> {};
        try (IngestionFixture ingestionFixture = open(data)) {
            Thread.sleep(500);
            assertThat(ingestionFixture.all()).isEmpty();
            assertThat(indexes.texts()).isEmpty();
            ingestionFixture.awaitAgreement();
        }
    }

    private IngestionFixture open(Path data) {
        return IngestionFixture.open(
                data, indexes, embedder, new LineParser(), database.settings("lectern.ingestion.first-back-off=1h"));
    }
}
