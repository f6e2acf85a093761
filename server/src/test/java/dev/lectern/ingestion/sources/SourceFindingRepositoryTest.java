package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.http.Page;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
@SuppressWarnings("NullAway.Init")
class SourceFindingRepositoryTest {
    private static final SourceFinding LINK = new SourceFinding("b/link", Kind.LINK, "It leads out of the folder.");
    private static final SourceFinding RULE = new SourceFinding(".git", Kind.RULE, "Left out by a built-in pattern.");

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private TestDatabase database;
    private SourceFindingRepository findings;
    private SourceRepository sources;
    private SourceId source;

    SourceFindingRepositoryTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(folder);
        findings = new SourceFindingRepository(
                database.jdbc(), database.batches(), database.transactions(), database.dialect());
        sources = new SourceRepository(
                database.jdbc(),
                database.transactions(),
                new IdGenerator(Clock.systemUTC(), new SecureRandom()),
                Clock.systemUTC(),
                new OneNode(),
                findings,
                database.dialect());
        source = sources.add(CollectionId.DEFAULT, "folder", "/srv/docs", _ -> {});
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void replace_storesTheFirstOfEachKindAndCountsAll() {
        List<SourceFinding> found = new ArrayList<>(IntStream.range(0, SourceFindingRepository.MAX_STORED + 5)
                .mapToObj(i -> new SourceFinding("f%05d".formatted(i), Kind.SPECIAL_FILE, "It is a pipe."))
                .toList()
                .reversed());
        found.add(LINK);
        findings.replace(source, found, Map.of(Kind.RULE, 40_000L, Kind.LINK, 2L));

        assertThat(findings.count(source))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Kind.SPECIAL_FILE, 1_005L, Kind.LINK, 3L, Kind.RULE, 40_000L));
        List<SourceFinding> stored = all(Kind.SPECIAL_FILE, 300);
        assertThat(stored)
                .hasSize(SourceFindingRepository.MAX_STORED)
                .isSortedAccordingTo((a, b) -> a.path().compareTo(b.path()));
        assertThat(stored.getFirst().path()).isEqualTo("f00000");
        assertThat(all(null, 200))
                .hasSize(SourceFindingRepository.MAX_STORED + 1)
                .contains(LINK);
    }

    @Test
    void replace_withOtherFindings_leavesNoneOfTheOld() {
        findings.replace(source, List.of(LINK, RULE), Map.of());
        findings.replace(source, List.of(LINK), Map.of());
        assertThat(all(null, 10)).containsExactly(LINK);
        assertThat(findings.count(source)).isEqualTo(Map.of(Kind.LINK, 1L));
        findings.replace(source, List.of(), Map.of());
        assertThat(all(null, 10)).isEmpty();
        assertThat(findings.count(source)).isEmpty();
    }

    @Test
    void replace_sameFindings_rewritesNoRow() {
        SourceFinding other = new SourceFinding("a/link", Kind.LINK, "It leads to a folder.");
        findings.replace(source, List.of(LINK, RULE, other), Map.of(Kind.RULE, 7L));
        List<String> before = rowVersions();
        findings.replace(source, List.of(other, RULE, LINK), Map.of(Kind.RULE, 7L));
        assertThat(rowVersions()).hasSize(5).isEqualTo(before);

        findings.replace(source, List.of(other, RULE), Map.of(Kind.RULE, 7L));
        assertThat(rowVersions()).hasSize(4).isNotEqualTo(before);
    }

    @Test
    void page_endsAndContinuesInTheMiddleOfAKind() {
        SourceFinding first = new SourceFinding("a/link", Kind.LINK, "It leads to a folder.");
        findings.replace(source, List.of(LINK, RULE, first), Map.of());
        Page<SourceFinding> page = findings.findPage(source, null, null, 1);
        assertThat(page.items()).containsExactly(first);
        page = findings.findPage(source, null, page.next(), 1);
        assertThat(page.items()).containsExactly(LINK);
        page = findings.findPage(source, null, page.next(), 1);
        assertThat(page.items()).containsExactly(RULE);
        assertThat(page.next()).isNull();
        assertThatThrownBy(() -> findings.findPage(source, null, "link:99999999999", 1))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("cursor");
    }

    @Test
    void replace_ofARemovedSource_storesNothing() {
        findings.replace(source, List.of(LINK), Map.of());
        sources.delete(source);
        assertThat(all(null, 10)).isEmpty();
        assertThat(findings.count(source)).isEmpty();
        findings.replace(source, List.of(RULE), Map.of(Kind.LINK, 2L));
        assertThat(all(null, 10)).isEmpty();
        assertThat(findings.count(source)).isEmpty();
    }

    @Test
    void path_ofAnyLength_isStored() {
        String path = IntStream.range(0, 16)
                .mapToObj(i -> new SecureRandom()
                        .ints(250, 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .reduce((above, below) -> above + "/" + below)
                .orElseThrow();
        findings.replace(source, List.of(new SourceFinding(path, Kind.UNREADABLE_FILE, "No.")), Map.of());
        assertThat(all(null, 10)).extracting(SourceFinding::path).containsExactly(path);
    }

    private List<SourceFinding> all(@Nullable Kind kind, int limit) {
        List<SourceFinding> all = new ArrayList<>();
        @Nullable String next = null;
        do {
            Page<SourceFinding> page = findings.findPage(source, kind, next, limit);
            all.addAll(page.items());
            next = page.next();
        } while (next != null);
        return all;
    }

    /** Differ for a row that was deleted and inserted again. */
    private List<String> rowVersions() {
        String version = database.engine() == DatabaseEngine.POSTGRESQL ? "CAST(xmin AS TEXT)" : "CAST(rowid AS TEXT)";
        List<String> versions = new ArrayList<>();
        for (String table : List.of("source_finding", "source_finding_count")) {
            versions.addAll(database.jdbc()
                    .sql("SELECT " + version + " FROM " + table + " ORDER BY source, kind")
                    .query(String.class)
                    .list());
        }
        return versions;
    }

    private record OneNode() implements NodeRegistry {
        @Override
        public String self() {
            return "one";
        }

        @Override
        public int countOthers() {
            return 0;
        }
    }
}
