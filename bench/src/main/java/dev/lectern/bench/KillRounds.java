package dev.lectern.bench;

import dev.lectern.bench.FailoverClients.Handed;
import dev.lectern.bench.FakeEmbeddingServer.Asked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/**
 * Rounds in which two nodes ingest documents and answer questions while one of them is killed (-9) and restarted. At the end every acknowledged change is
 * verified on both nodes. Database triggers record every completed task and every committed version.
 */
final class KillRounds {
    private static final String LEASE_SECONDS = "10";
    /** Between the model's answer and its place in the store. */
    private static final long IN_FLIGHT_NANOS = 5_000_000_000L;

    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final String TRIGGERS = """
            CREATE TABLE bench_done (task TEXT NOT NULL);
            CREATE TABLE bench_shown (document TEXT NOT NULL, hash TEXT NOT NULL);
            CREATE FUNCTION bench_done() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN INSERT INTO bench_done VALUES (NEW.id); RETURN NEW; END';
            CREATE FUNCTION bench_shown() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN INSERT INTO bench_shown VALUES (NEW.id, NEW.present_hash); RETURN NEW; END';
            CREATE TRIGGER bench_done AFTER UPDATE ON task FOR EACH ROW WHEN (NEW.status = 'done') EXECUTE FUNCTION bench_done();
            CREATE TRIGGER bench_shown AFTER UPDATE ON document FOR EACH ROW WHEN (NEW.version <> OLD.version)
              EXECUTE FUNCTION bench_shown();
            """;

    private final SharedServices stores;
    private final FakeEmbeddingServer embedder;
    private final List<ServerNode> nodes;
    private final FailoverClients clients;
    private final Random random;
    private final Map<String, List<Long>> kills = new HashMap<>();
    private final Set<String> checked = new HashSet<>();
    private int repeatedBefore;

    private KillRounds(
            SharedServices stores,
            FakeEmbeddingServer embedder,
            List<ServerNode> nodes,
            FailoverClients clients,
            Random random) {
        this.stores = stores;
        this.embedder = embedder;
        this.nodes = nodes;
        this.clients = clients;
        this.random = random;
    }

    static boolean run(Path work, int rounds, long seed) throws Exception {
        boolean fine = true;
        try (FakeEmbeddingServer embedder = new FakeEmbeddingServer();
                SharedServices stores = SharedServices.open(work);
                ServerNode one = new ServerNode("one", work, environment(stores, embedder.url("one")));
                ServerNode two = new ServerNode("two", work, environment(stores, embedder.url("two")))) {
            one.launch().awaitReady();
            two.launch().awaitReady();
            stores.execute(TRIGGERS);
            String collection = one.post("/api/v1/collections", Map.of("name", "Reports"))
                    .json()
                    .path("id")
                    .asString();
            List<ServerNode> nodes = List.of(one, two);
            KillRounds all =
                    new KillRounds(stores, embedder, nodes, new FailoverClients(nodes, collection), new Random(seed));
            for (int round = 1; round <= rounds; round++) {
                fine &= all.round(round, round == rounds);
            }
        }
        return fine;
    }

    private static Map<String, String> environment(SharedServices stores, String embedder) {
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LECTERN_EMBEDDER", "openai:stand-in");
        environment.put("LECTERN_OPENAI_BASE_URL", embedder);
        environment.put("LECTERN_OPENAI_EMBEDDING_DIMENSIONS", String.valueOf(FakeEmbeddingServer.DIMENSIONS));
        environment.put("LECTERN_DATABASE_NODE_LEASE", LEASE_SECONDS + "s");
        environment.put("LECTERN_INGESTION_KEEP_JOBS", "100000");
        return environment;
    }

    private boolean round(int number, boolean last) throws Exception {
        ServerNode victim = nodes.get(random.nextInt(nodes.size()));
        clients.start(random);
        long after = random.nextLong(1_500, 6_000);
        Thread.sleep(after);
        victim.kill();
        kills.computeIfAbsent(victim.name(), key -> new ArrayList<>()).add(System.nanoTime());
        // Some come back while their lease lasts, some after the other has taken over.
        long gone = random.nextLong(500, 16_000);
        Thread.sleep(gone);
        victim.launch().awaitReady();
        Thread.sleep(random.nextLong(500, 3_000));
        clients.stopWriting();
        long idle = awaitIdle();
        clients.stopReading();
        System.out.printf(
                "round %d: %s killed after %.1f s, away for %.1f s; %s; idle %.1f s after the last change%n",
                number, victim.name(), after / 1e3, gone / 1e3, clients.tell(), idle / 1e9);
        return compare(last);
    }

    private long awaitIdle() throws Exception {
        long begun = System.nanoTime();
        while (stores.number("SELECT (SELECT COUNT(*) FROM task WHERE status IN ('queued', 'running'))"
                        + " + (SELECT COUNT(*) FROM job WHERE status IN ('queued', 'running'))"
                        + " + (SELECT COUNT(*) FROM index_outbox)")
                > 0) {
            if (System.nanoTime() - begun > PATIENCE_NANOS) {
                System.out.println("  NOT FINISHED after three minutes");
                break;
            }
            Thread.sleep(100);
        }
        return System.nanoTime() - begun;
    }

    private boolean compare(boolean last) throws Exception {
        Collection<Handed> present = clients.present().values();
        int lost = 0;
        int searched = 0;
        int shown = 0;
        for (ServerNode node : nodes) {
            for (Handed one : present) {
                if (last || !checked.contains(one.token())) {
                    searched++;
                    lost += found(node, one.token()) ? 0 : tell("LOST at " + node.name() + ": " + one);
                }
            }
            for (String token : clients.gone()) {
                if (last || !checked.contains("gone " + token)) {
                    shown += found(node, token) ? tell("SHOWN at " + node.name() + " though deleted: " + token) : 0;
                }
            }
        }
        present.forEach(one -> checked.add(one.token()));
        clients.gone().forEach(token -> checked.add("gone " + token));
        long documents = stores.number("SELECT COUNT(*) FROM document WHERE status = 'done'") - present.size();
        long unfinished = stores.number(
                "SELECT COUNT(*) FROM task WHERE status <> 'done'" + " AND document IN (SELECT id FROM document)");
        long twice =
                stores.number("SELECT COUNT(*) FROM (SELECT task FROM bench_done GROUP BY task HAVING COUNT(*) > 1) t")
                        + stores.number(
                                "SELECT COUNT(*) FROM (SELECT document FROM bench_shown GROUP BY document, hash HAVING COUNT(*) > 1) t");
        int[] repeated = repeated();
        boolean agrees = reconciles(nodes.get(random.nextInt(nodes.size())));
        System.out.printf(
                "  %,d searched, %d not found, %d shown though deleted, %d documents too many, %d tasks not done, %d done or shown twice,"
                        + " %d passages embedded again (%d of them not in flight at a kill), index %s, %d errors at living nodes%n",
                searched,
                lost,
                shown,
                documents,
                unfinished,
                twice,
                repeated[0] - repeatedBefore,
                repeated[1],
                agrees ? "agrees" : "DOES NOT AGREE",
                clients.errors().size());
        repeatedBefore = repeated[0];
        clients.errors().stream().limit(5).forEach(error -> tell("ERROR: " + error));
        boolean fine = lost + shown + unfinished + twice + repeated[1] == 0
                && documents == 0
                && agrees
                && clients.errors().isEmpty();
        clients.errors().clear();
        return fine;
    }

    private boolean found(ServerNode node, String token) throws IOException, InterruptedException {
        String body = node.post("/api/v1/search", Map.of("query", token, "mode", "lexical", "limit", 3))
                .body();
        return body.contains("The " + token + " pump");
    }

    /** Passages that were embedded again, and those of them for which no kill is to blame. */
    private int[] repeated() {
        int again = 0;
        int unexcused = 0;
        for (Map.Entry<String, Queue<Asked>> text : embedder.asked().entrySet()) {
            // Not the questions, nor the single sentences among which answers choose.
            if (text.getKey().split(" pump number ", -1).length < 3) {
                continue;
            }
            List<Asked> all = List.copyOf(text.getValue());
            for (Asked early : all.subList(0, all.size() - 1)) {
                again++;
                boolean excused = kills.getOrDefault(early.node(), List.of()).stream()
                        .anyMatch(kill -> kill - early.at() < IN_FLIGHT_NANOS && kill - early.at() > -IN_FLIGHT_NANOS);
                unexcused += excused ? 0 : tell("EMBEDDED TWICE: " + all + " " + text.getKey());
            }
        }
        return new int[] {again, unexcused};
    }

    private static boolean reconciles(ServerNode node) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "./lectern",
                        "reconcile",
                        "--json",
                        "--data",
                        node.data().toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean agrees = process.waitFor() == 0;
        if (!agrees) {
            tell(output);
        }
        return agrees;
    }

    private static int tell(String what) {
        System.out.println("  " + (what.length() > 1_000 ? what.substring(0, 1_000) + " …" : what));
        return 1;
    }
}
