package dev.lectern.storage.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.TestDatabase;
import dev.lectern.storage.nodes.NodeAdmission.JoiningNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsServer
class LeasedNodeRegistryTest {
    private static final Duration LEASE = Duration.ofMillis(900);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<LeasedNodeRegistry> nodes = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseEngine.POSTGRESQL.open(folder);
    }

    @AfterEach
    void close() {
        nodes.forEach(LeasedNodeRegistry::destroy);
        executor.close();
        database.close();
    }

    @Test
    void node_thatLives_isCountedLongAfterItsFirstLease() throws Exception {
        LeasedNodeRegistry one = start(database);
        LeasedNodeRegistry two = start(database);
        Thread.sleep(LEASE.toMillis() * 3);
        assertThat(one.countOthers()).isEqualTo(1);
        assertThat(isDead(two.self())).isFalse();
    }

    @Test
    void node_thatSignsOff_isDeadAtOnce() {
        LeasedNodeRegistry one = start(database);
        LeasedNodeRegistry two = start(database);
        two.destroy();
        assertThat(isDead(two.self())).isTrue();
        assertThat(one.countOthers()).isZero();
    }

    @Test
    void node_thatIsSilent_isBuriedByOneThatLives() {
        LeasedNodeRegistry one = start(database);
        database.jdbc()
                .sql("INSERT INTO node (id, started_at, alive_until, folder, own) VALUES ('silent', 0, "
                        + database.dialect().currentMillis() + " + 300, 'f', '')")
                .update();
        assertThat(isDead("silent")).isFalse();
        await().atMost(SOON).until(() -> isDead("silent"));
        assertThat(isDead(one.self())).isFalse();
    }

    @Test
    void node_thatWasBuriedByMistake_livesAgain() {
        LeasedNodeRegistry one = start(database);
        database.jdbc().sql("DELETE FROM node").update();
        await().atMost(SOON).until(() -> !isDead(one.self()));
    }

    @Test
    void node_afterAnOutage_judgesNobodyBeforeItIsSteady() throws Exception {
        LeasedNodeRegistry one = start(database);
        LeasedNodeRegistry two = start(database);
        // Every lease has expired, as after an outage; each renews its own before any is judged.
        database.jdbc().sql("UPDATE node SET alive_until = 0").update();
        Thread.sleep(LEASE.toMillis() * 2);
        assertThat(isDead(one.self())).isFalse();
        assertThat(isDead(two.self())).isFalse();
    }

    @Test
    void node_withAPartOfItsOwn_isRefusedBesideAnother() {
        start(database);
        refused("the index (LECTERN_QDRANT_URL)", "Another node uses this database", "LECTERN_QDRANT_URL");
    }

    @Test
    void node_besideOneWithAPartOfItsOwn_isRefused() {
        start(database, "a", "the index (LECTERN_QDRANT_URL)");
        refused("", "Another node of this database stores the index (LECTERN_QDRANT_URL)");
    }

    @Test
    @Timeout(60)
    void node_withAPartOfItsOwn_mayBeAlone_andComeBackAtOnceAfterItDied() {
        killed("a", Duration.ofHours(1));
        start(database, "a", "the index");
        assertThat(isDead("killed")).isTrue();
    }

    @Test
    void node_withAPartOfItsOwn_waitsUntilOneThatDiedElsewhereIsDead() {
        killed("b", LEASE);
        start(database, "a", "the index");
        assertThat(isDead("killed")).isTrue();
    }

    private void killed(String dataFolder, Duration lease) {
        database.jdbc()
                .sql("INSERT INTO node (id, started_at, alive_until, folder, own) VALUES ('killed', 0, "
                        + database.dialect().currentMillis() + " + ?, ?, 'the index')")
                .params(lease.toMillis(), dataFolder)
                .update();
    }

    private void refused(String own, String... texts) {
        assertThatThrownBy(() -> start(database, "other", own)).isInstanceOfSatisfying(LecternException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(e.getMessage()).contains(texts);
        });
    }

    @Test
    void node_ofSqlite_isAlone_andItsFormerSelfIsDead() {
        try (TestDatabase sqlite = DatabaseEngine.SQLITE.open(folder)) {
            LeasedNodeRegistry former = start(sqlite);
            LeasedNodeRegistry now = start(sqlite);
            assertThat(now.countOthers()).isZero();
            assertThat(sqlite.jdbc()
                            .sql("SELECT id FROM node")
                            .query(String.class)
                            .list())
                    .containsExactly(now.self())
                    .doesNotContain(former.self());
            nodes.clear();
        }
    }

    private LeasedNodeRegistry start(TestDatabase on) {
        return start(on, UUID.randomUUID().toString(), "");
    }

    private LeasedNodeRegistry start(TestDatabase on, String dataFolder, String own) {
        LeasedNodeRegistry node = new LeasedNodeRegistry(
                on.jdbc(),
                on.transactions(),
                on.dialect(),
                executor,
                LEASE,
                new JoiningNode(UUID.randomUUID().toString(), dataFolder, own));
        node.afterPropertiesSet();
        nodes.add(node);
        return node;
    }

    private boolean isDead(String name) {
        return database.jdbc()
                        .sql("SELECT COUNT(*) FROM node WHERE id = ?")
                        .param(name)
                        .query(Integer.class)
                        .single()
                == 0;
    }
}
