package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.LineParser;
import dev.lectern.library.Document;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that is not a folder: listed in pages, behind credentials, not watchable. */
@Timeout(120)
class SourceScannerTest {
    @TempDir
    Path data;

    private IngestionFixture ingestionFixture;
    private PagedConnector connector;
    private SourceId source;

    @BeforeEach
    void open() {
        System.setProperty(PagedConnector.SECRET, "key");
        ingestionFixture = IngestionFixture.open(
                data,
                new InMemoryIndexes(),
                new CountingEmbedder("counting"),
                new LineParser(),
                "spring.main.sources=" + PagedConnector.class.getName());
        connector = ingestionFixture.context.getBean(PagedConnector.class);
        source = ingestionFixture
                .context
                .getBean(SourceRepository.class)
                .add(CollectionId.DEFAULT, PagedConnector.KIND, "https://docs.example", _ -> {});
    }

    @AfterEach
    void close() {
        System.clearProperty(PagedConnector.SECRET);
        ingestionFixture.close();
    }

    private Job scan() throws InterruptedException {
        return ingestionFixture.await(ingestionFixture.sources.scan(TestAccess.OPERATOR, source, false));
    }

    @Test
    void scan_ofSeveralPages_followsTheCursor() throws Exception {
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        connector.items.put("b.txt", "# Dogs\nDogs bark.");
        connector.items.put("c.txt", "# Birds\nBirds sing.");
        assertThat(scan().progress().done()).isEqualTo(3);
        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.txt", "b.txt", "c.txt");
        assertThat(connector.cursors).containsExactly("", "a.txt", "b.txt");
    }

    @Test
    void scan_itemGoneFromTheLastPage_deletesItsDocument() throws Exception {
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        connector.items.put("b.txt", "# Dogs\nDogs bark.");
        scan();
        connector.items.remove("b.txt");
        assertThat(scan().status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestionFixture.all()).extracting(Document::title).containsExactly("a.txt");
    }

    @Test
    void scan_unavailableAfterTheFirstPage_deletesNothing() throws Exception {
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        connector.items.put("b.txt", "# Dogs\nDogs bark.");
        scan();
        connector.unavailableAfter = "a.txt";
        Job failed = scan();
        assertThat(failed.reasonCode()).isEqualTo("unreadable");
        assertThat(failed.reason())
                .startsWith("The site https://docs.example cannot be read.")
                .endsWith("Nothing was deleted.");
        assertThat(ingestionFixture.all()).hasSize(2);
    }

    @Test
    void scan_withoutItsCredentials_failsAndNamesTheVariable() throws Exception {
        System.clearProperty(PagedConnector.SECRET);
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        Job failed = scan();
        assertThat(failed.reasonCode()).isEqualTo("secret_missing");
        assertThat(failed.reason()).contains(PagedConnector.SECRET);
        assertThat(connector.cursors).isEmpty();
    }

    @Test
    void watch_ofASourceThatCannotBeWatched_scansItAtEveryInterval() {
        connector.interval = Duration.ofMillis(50);
        assertThat(ingestionFixture.context.getBean(SourceWatcherRegistry.class).watch(find()))
                .isTrue();
        connector.items.put("a.txt", "# Cats\nCats sleep.");
        Awaitility.await()
                .atMost(IngestionFixture.SOON)
                .until(() -> ingestionFixture.all().size() == 1);
    }

    private Source find() {
        return ingestionFixture
                .context
                .getBean(SourceRepository.class)
                .find(source)
                .orElseThrow();
    }
}
