package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.UploadService.UploadedFile;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentState;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.ConflictPolicy;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A title that came from the name of a file follows it, in the library and in the index; the id stays. */
@OnEveryDatabase
class RenamedTitlesTest {
    @TempDir
    Path temporary;

    private final InMemoryIndexes indexes = new InMemoryIndexes();
    private final CountingEmbedder embedder = new CountingEmbedder("counting");
    private final LineParser parser = new LineParser();
    private final DatabaseEngine databaseEngine;
    private Path folder;
    private TestDatabase database;
    private IngestionFixture fixture;

    RenamedTitlesTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() throws IOException {
        parser.titlesByName = true;
        folder = Files.createDirectories(temporary.resolve("folder"));
        database = databaseEngine.open(temporary.resolve("data"));
        fixture = IngestionFixture.open(
                temporary.resolve("data"), indexes, embedder, parser, database.settings("lectern.ingestion.settle=1h"));
    }

    @AfterEach
    void close() {
        fixture.close();
        database.close();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(text.hashCode())));
    }

    private void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private void scan() throws InterruptedException {
        fixture.scan(folder);
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
    }

    private Document reread(Document document) {
        return fixture.find(document.id()).orElseThrow();
    }

    private List<String> titles() {
        return fixture.all().stream().map(Document::title).toList();
    }

    private List<String> indexedTitles(Document document) {
        return indexes.open(embedder.fingerprint()).titles(document.id());
    }

    private JdbcClient jdbc() {
        return fixture.context.getBean(JdbcClient.class);
    }

    @Test
    void renamedFile_getsItsNewNameAsTitle() throws Exception {
        write("plan.txt", "The Kestrel budget is 48,200 euros for spring.");
        write("z.txt", "Something else.");
        scan();
        Document before = fixture.titled("plan");
        long generation = fixture.generation(CollectionId.DEFAULT);

        rename("plan.txt", "budget-2026.txt");
        scan();

        Document after = reread(before);
        assertThat(after.title()).isEqualTo("budget-2026");
        assertThat(after.uri()).isEqualTo("folder:budget-2026.txt");
        assertThat(titles()).containsExactly("budget-2026", "z");
        assertThat(fixture.generation(CollectionId.DEFAULT)).isGreaterThan(generation);
        fixture.awaitAgreement();
        assertThat(indexedTitles(before)).containsExactly("budget-2026");
        assertThat(embedder.embedded.keySet()).anyMatch(text -> text.startsWith("budget-2026\n"));
        DocumentState state = Objects.requireNonNull(fixture.documents
                .findStates(List.of(before.id()), fixture.readable())
                .get(before.id()));
        assertThat(state.textVersion())
                .as("citations of the text have not changed")
                .isEqualTo(before.version());
    }

    @Test
    void renamedFile_withATitleOfItsOwn_keepsIt() throws Exception {
        parser.titlesByName = false;
        write("plan.txt", "The Kestrel budget is 48,200 euros for spring.");
        scan();
        Document before = fixture.titled("plan.txt");
        int parsed = parser.parsed.get();

        rename("plan.txt", "budget-2026.txt");
        scan();
        assertThat(reread(before).title()).isEqualTo("plan.txt");
        assertThat(parser.parsed).hasValue(parsed);

        rename("budget-2026.txt", "budget-2026.md");
        scan();
        assertThat(parser.parsed).as("the extension says how it is read").hasValueGreaterThan(parsed);
    }

    @Test
    void equalFiles_haveTheTitleOfTheFirst_untilItIsGone() throws Exception {
        write("copy1.txt", "Both copies say pelican forty-one.");
        write("copy2.txt", "Both copies say pelican forty-one.");
        scan();
        Document before = fixture.titled("copy1");
        write("copy3.txt", "Both copies say pelican forty-one.");
        scan();
        assertThat(titles()).containsExactly("copy1");

        Files.delete(folder.resolve("copy1.txt"));
        scan();
        assertThat(titles()).containsExactly("copy2");
        assertThat(reread(before).title()).isEqualTo("copy2");

        Files.delete(folder.resolve("copy3.txt"));
        scan();
        assertThat(titles()).containsExactly("copy2");
    }

    @Test
    void filesThatExchangeTheirNames_exchangeTheirTitles() throws Exception {
        write("a.txt", "The first of two texts.");
        write("b.txt", "The second one, which is longer than the first.");
        scan();
        Document first = fixture.titled("a");
        Document second = fixture.titled("b");

        rename("a.txt", "t.txt");
        rename("b.txt", "a.txt");
        rename("t.txt", "b.txt");
        scan();

        assertThat(reread(first).title()).isEqualTo("b");
        assertThat(reread(second).title()).isEqualTo("a");
        fixture.awaitAgreement();
        assertThat(indexedTitles(first)).containsExactly("b");
        assertThat(indexedTitles(second)).containsExactly("a");
    }

    @Test
    void replacedUpload_leavesItsTitleToTheOtherOne() throws Exception {
        upload("a.txt", "Equal text.");
        upload("b.txt", "Equal text.");
        Document both = fixture.titled("a");

        upload("a.txt", "Another text.");

        assertThat(reread(both).title()).isEqualTo("b");
        assertThat(titles()).containsExactly("a", "b");
        fixture.awaitAgreement();
        assertThat(indexedTitles(both)).containsExactly("b");
    }

    private void upload(String name, String text) throws Exception {
        OriginalStore originals = fixture.context.getBean(OriginalStore.class);
        var stored = originals.store(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1_000_000);
        fixture.context
                .getBean(UploadService.class)
                .addFiles(fixture.writable(), List.of(new UploadedFile(name, stored)), ConflictPolicy.REPLACE);
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
    }

    @Test
    void documentOfAnEarlierRelease_followsTheNameThatItsTitleEquals() throws Exception {
        write("first.txt", "One.");
        write("second.txt", "Two.");
        scan();
        Document first = fixture.titled("first");
        Document second = fixture.titled("second");
        jdbc().sql("UPDATE document SET title_source = NULL").update();
        jdbc().sql("UPDATE document SET title = 'A title' WHERE id = ?")
                .param(second.id().value())
                .update();

        rename("first.txt", "third.txt");
        rename("second.txt", "fourth.txt");
        scan();

        assertThat(reread(first).title()).isEqualTo("third");
        assertThat(reread(second).title()).isEqualTo("A title");
    }

    @Test
    void fileRenamedWhileItIsRead_hasItsNewTitle() throws Exception {
        CountDownLatch embedding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        write("plan.txt", "The Kestrel budget.");
        write("z.txt", "Something else.");
        embedder.before = () -> {
            embedding.countDown();
            try {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        var source = fixture.sources.addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT);
        fixture.sources.scan(TestAccess.OPERATOR, source.id(), false);
        assertThat(embedding.await(60, TimeUnit.SECONDS)).isTrue();
        Document reading = fixture.titled("plan.txt");

        rename("plan.txt", "budget-2026.txt");
        // Its job ends with the work on the file.
        fixture.sources.scan(TestAccess.OPERATOR, source.id(), false);
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(() -> assertThat(reread(reading).title()).isEqualTo("budget-2026.txt"));
        goOn.countDown();
        assertThat(fixture.jobs.awaitIdle(IngestionFixture.SOON)).isTrue();

        assertThat(reread(reading).title()).isEqualTo("budget-2026");
        fixture.awaitAgreement();
        assertThat(indexedTitles(reading)).containsExactly("budget-2026");
    }
}
