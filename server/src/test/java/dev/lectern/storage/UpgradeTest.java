package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.lectern.conversations.ConversationsFixture;
import dev.lectern.conversations.Message;
import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.ingestion.LineParser;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/**
 * Opens a data folder as it was before there could be several nodes. {@code data-folder-1.sql} is the dump of one that was filled by that program: it
 * stays as it is, and so do the migrations that made it, whose checksums it holds.
 */
class UpgradeTest {
    @TempDir
    Path data;

    @BeforeEach
    void restore() throws Exception {
        SQLiteDataSource file = new SQLiteDataSource();
        file.setUrl("jdbc:sqlite:" + data.resolve("lectern.db"));
        try (InputStream dump = UpgradeTest.class.getResourceAsStream("/db/data-folder-1.sql");
                Connection connection = file.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(new String(Objects.requireNonNull(dump).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void library_ofAnOlderFolder_isShownSearchedAndGoesOn() throws Exception {
        InMemoryIndexes indexes = new InMemoryIndexes();
        CountingEmbedder embedder = new CountingEmbedder("counting");
        try (IngestionFixture ingestionFixture = IngestionFixture.open(data, indexes, embedder, new LineParser())) {
            // One job for each collection. The originals are not part of the dump, so nothing can be read again; a
            // document of the second collection is
            // in an interrupted job as well, and which of both finds that first is left open.
            await().atMost(IngestionFixture.SOON)
                    .until(() -> ingestionFixture
                                    .context
                                    .getBean(JdbcClient.class)
                                    .sql("SELECT COUNT(*) FROM job WHERE caller = ? AND status IN ('failed', 'done')")
                                    .param(SystemTask.REREADING.text())
                                    .query(Integer.class)
                                    .single()
                            == 2);
            assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
            assertThat(ingestionFixture.all())
                    .extracting(Document::title, Document::status, Document::version)
                    .containsExactly(
                            tuple("Cats", DocumentStatus.DONE, 2),
                            tuple("broken.txt", DocumentStatus.FAILED, 0),
                            tuple("manual.txt", DocumentStatus.DONE, 1));
            assertThat(ingestionFixture.texts(ingestionFixture.titled("Cats"))).containsExactly("Cats sleep all day.");
            assertThat(indexes.texts()).contains("Cats sleep all day.", "Dogs bark.");
            assertThat(embedder.count()).isZero();

            ingestionFixture.await(ingestionFixture.jobs.addTexts(
                    TestAccess.OPERATOR,
                    CollectionId.DEFAULT,
                    List.of(new TextDocument("a", "Cats", "Cats hunt at night."))));
            assertThat(ingestionFixture.titled("Cats").version()).isEqualTo(3);
            await().atMost(IngestionFixture.SOON)
                    .untilAsserted(() -> assertThat(indexes.texts())
                            .contains("Cats hunt at night.")
                            .doesNotContain("Cats sleep all day."));
        }
    }

    @Test
    void conversations_ofAnOlderFolder_areAllThere() {
        try (TestDatabase database = DatabaseEngine.SQLITE.open(data)) {
            ConversationsFixture fixture = new ConversationsFixture(database);
            ConversationId conversation = fixture.conversationService
                    .page(ConversationsFixture.ANNA, "cats", null, 10)
                    .items()
                    .getFirst()
                    .id();
            assertThat(fixture.messageService
                            .page(ConversationsFixture.ANNA, conversation, null, null, 10)
                            .items())
                    .extracting(Message::content)
                    .containsExactly("", "And dogs?", "All day [1].", "Do cats sleep?");
        }
    }
}
