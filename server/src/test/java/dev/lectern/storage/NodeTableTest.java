package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.shared.IdGenerator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTableTest {
    private static final Duration LEASE = Duration.ofMillis(900);
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<NodeTable> nodes = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = Engine.POSTGRESQL.open(folder);
    }

    @AfterEach
    void close() {
        nodes.forEach(NodeTable::destroy);
        executor.close();
        database.close();
    }

    @Test
    void node_thatLives_isCountedLongAfterItsFirstLease() throws Exception {
        NodeTable one = start(database);
        NodeTable two = start(database);
        Thread.sleep(LEASE.toMillis() * 3);
        assertThat(one.others()).isEqualTo(1);
        assertThat(isDead(two.self())).isFalse();
    }

    @Test
    void node_thatSignsOff_isDeadAtOnce() {
        NodeTable one = start(database);
        NodeTable two = start(database);
        two.destroy();
        assertThat(isDead(two.self())).isTrue();
        assertThat(one.others()).isZero();
    }

    @Test
    void node_thatIsSilent_isBuriedByOneThatLives() {
        NodeTable one = start(database);
        database.jdbc()
                .sql("INSERT INTO node (id, started_at, alive_until) VALUES ('silent', 0, "
                        + database.dialect().now() + " + 300)")
                .update();
        assertThat(isDead("silent")).isFalse();
        await().atMost(SOON).until(() -> isDead("silent"));
        assertThat(isDead(one.self())).isFalse();
    }

    @Test
    void node_thatWasBuriedByMistake_livesAgain() {
        NodeTable one = start(database);
        database.jdbc().sql("DELETE FROM node").update();
        await().atMost(SOON).until(() -> !isDead(one.self()));
    }

    @Test
    void node_afterAnOutage_judgesNobodyBeforeItIsSteady() throws Exception {
        NodeTable one = start(database);
        NodeTable two = start(database);
        // Every lease has expired, as after an outage; each renews its own before any is judged.
        database.jdbc().sql("UPDATE node SET alive_until = 0").update();
        Thread.sleep(LEASE.toMillis() * 2);
        assertThat(isDead(one.self())).isFalse();
        assertThat(isDead(two.self())).isFalse();
    }

    @Test
    void node_ofSqlite_isAlone_andItsFormerSelfIsDead() {
        try (TestDatabase sqlite = Engine.SQLITE.open(folder)) {
            NodeTable former = start(sqlite);
            NodeTable now = start(sqlite);
            assertThat(now.others()).isZero();
            assertThat(sqlite.jdbc()
                            .sql("SELECT id FROM node")
                            .query(String.class)
                            .list())
                    .containsExactly(now.self())
                    .doesNotContain(former.self());
            nodes.clear();
        }
    }

    private NodeTable start(TestDatabase on) {
        NodeTable node = new NodeTable(
                on.jdbc(),
                on.transactions(),
                on.dialect(),
                executor,
                new IdGenerator(Clock.systemUTC(), new SecureRandom()),
                LEASE);
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
