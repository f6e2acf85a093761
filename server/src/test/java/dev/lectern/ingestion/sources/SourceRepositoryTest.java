package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class SourceRepositoryTest {
    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;

    SourceRepositoryTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void add_twice_keepsTheSource() {
        SourceId first = sources("one").add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        assertThat(sources("two").add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {}))
                .isEqualTo(first);
        assertThat(sources("one").find(first)).hasValueSatisfying(source -> {
            assertThat(source.kind()).isEqualTo("folder");
            assertThat(source.location()).isEqualTo("/srv/docs");
        });
    }

    @Test
    void claimWatch_isOneNodesUntilItDies() {
        live("one");
        live("two");
        SourceId source = sources("one").add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        assertThat(sources("one").claimWatch(source)).isTrue();
        assertThat(sources("one").claimWatch(source)).isTrue();
        assertThat(sources("two").claimWatch(source)).isFalse();
        assertThat(sources("two").listWatchable()).isEmpty();

        database.jdbc().sql("DELETE FROM node WHERE id = 'one'").update();
        assertThat(sources("two").listWatchable()).extracting(Source::id).containsExactly(source);
        assertThat(sources("two").claimWatch(source)).isTrue();
        assertThat(sources("one").claimWatch(source)).isFalse();
    }

    @Test
    void recordSilence_isShownUntilItIsCleared() {
        SourceRepository sources = sources("one");
        SourceId source = sources.add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        Source.Silence file = new Source.Silence(Instant.ofEpochMilli(1_700_000_000_123L), "guides/start.md");
        sources.recordSilence(source, file);
        assertThat(sources.find(source))
                .hasValueSatisfying(found -> assertThat(found.silence()).isEqualTo(file));
        Source.Silence whole = new Source.Silence(Instant.ofEpochMilli(0), null);
        sources.recordSilence(source, whole);
        assertThat(sources.find(source))
                .hasValueSatisfying(found -> assertThat(found.silence()).isEqualTo(whole));
        sources.recordSilence(source, null);
        assertThat(sources.find(source))
                .hasValueSatisfying(found -> assertThat(found.silence()).isNull());
    }

    @Test
    void releaseWatch_letsAnotherNodeWatch() {
        live("one");
        live("two");
        SourceId source = sources("one").add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        assertThat(sources("one").claimWatch(source)).isTrue();
        sources("one").releaseWatch(source);
        assertThat(sources("two").claimWatch(source)).isTrue();
    }

    @Test
    void failure_isKeptUntilTheNextCompleteScan() {
        SourceRepository sources = sources("one");
        SourceId source = sources.add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        sources.recordFailure(source, "unreadable", "The folder docs cannot be read.");
        assertThat(sources.find(source)).hasValueSatisfying(failed -> {
            assertThat(failed.reasonCode()).isEqualTo("unreadable");
            assertThat(failed.reason()).isEqualTo("The folder docs cannot be read.");
            assertThat(failed.scannedAt()).isNull();
        });
        sources.recordScan(source);
        assertThat(sources.find(source)).hasValueSatisfying(scanned -> {
            assertThat(scanned.reasonCode()).isNull();
            assertThat(scanned.reason()).isNull();
            assertThat(scanned.scannedAt()).isNotNull();
        });
    }

    @Test
    void recordWatch_isSeenByEveryNodeAndWrittenByTheWatcherAlone() {
        live("one");
        live("two");
        SourceId source = sources("one").add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
        SourceWatchState events = SourceWatchState.events(Duration.ofMinutes(10));
        SourceWatchState polling = SourceWatchState.polling(Duration.ofSeconds(60), "No events. Raise it.", true);
        sources("one").recordWatch(source, events);
        assertThat(find("two", source).watch()).isEqualTo(SourceWatchState.UNWATCHED);

        sources("one").claimWatch(source);
        sources("one").recordWatch(source, polling);
        sources("two").recordWatch(source, events);
        assertThat(find("two", source).watch()).isEqualTo(polling);

        sources("one").recordWatch(source, events);
        assertThat(find("two", source).watch()).isEqualTo(events);
        sources("one").releaseWatch(source);
        assertThat(find("two", source).watch()).isEqualTo(SourceWatchState.UNWATCHED);
    }

    private Source find(String node, SourceId source) {
        return sources(node).find(source).orElseThrow();
    }

    private void live(String name) {
        database.jdbc()
                .sql("INSERT INTO node (id, started_at, alive_until) VALUES (?, 0, " + Long.MAX_VALUE + ")")
                .param(name)
                .update();
    }

    private SourceRepository sources(String node) {
        return new SourceRepository(
                database.jdbc(),
                database.transactions(),
                new IdGenerator(Clock.systemUTC(), new SecureRandom()),
                Clock.systemUTC(),
                new Named(node),
                new SourceFindingRepository(
                        database.jdbc(), database.batches(), database.transactions(), database.dialect()),
                database.dialect());
    }

    private record Named(String self) implements NodeRegistry {
        @Override
        public int countOthers() {
            return 1;
        }
    }
}
