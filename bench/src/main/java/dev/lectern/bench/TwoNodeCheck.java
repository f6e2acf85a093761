package dev.lectern.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tests two server processes on one PostgreSQL, Redis and Qdrant: random sequences of changes and questions, in which no deleted text may appear; then rounds
 * in which one node is killed, and rounds in which one is stopped while it writes answers. The exit status is 1 when a promise is broken.
 *
 * <pre>bench/two-nodes.sh [SEQUENCES] [KILLS] [STOPS] [SEED]</pre>
 */
final class TwoNodeCheck {
    private static final int AT_ONCE = 12;
    private static final int TELL_EVERY = 100;

    private TwoNodeCheck() {}

    public static void main(String[] arguments) throws Exception {
        // Shorter than the servers keep a silent connection, so that none is used that is just being closed.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        int sequences = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        int stops = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : System.nanoTime() % 1_000_000;
        Path work = Files.createTempDirectory("lectern-two-nodes");
        System.out.println("seed " + seed + ", logs in " + work);
        boolean fine = sequences == 0 || freshness(Files.createDirectory(work.resolve("fresh")), sequences, seed);
        fine &= kills == 0 || KillRounds.run(Files.createDirectory(work.resolve("kills")), kills, seed);
        fine &= stops == 0 || GracefulStopRounds.run(Files.createDirectory(work.resolve("stops")), stops);
        System.out.println(fine ? "All promises hold." : "A promise is BROKEN.");
        System.exit(fine ? 0 : 1);
    }

    private static boolean freshness(Path work, int sequences, long seed) throws Exception {
        FreshnessCounts counts = new FreshnessCounts();
        try (SharedServices stores = SharedServices.open(work);
                ServerNode one = new ServerNode("one", work, environment(stores));
                ServerNode two = new ServerNode("two", work, environment(stores))) {
            List<ServerNode> nodes = List.of(one, two);
            // One after the other, since the first makes the tables and the index.
            for (ServerNode node : nodes) {
                node.launch().awaitReady();
            }
            long begun = System.nanoTime();
            play(sequences, seed, nodes, counts);
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf("freshness: %,d sequences in %d s, %s%n", sequences, took.toSeconds(), counts);
            for (ServerNode node : nodes) {
                System.out.printf(
                        "node %s: from caches %,.0f answers, %,.0f searches, %,.0f embeddings of questions, %,.0f of passages%n",
                        node.name(),
                        hits(node, "answer"),
                        hits(node, "search"),
                        hits(node, "question_embedding"),
                        hits(node, "passage_embedding"));
            }
        }
        return counts.fine();
    }

    private static Map<String, String> environment(SharedServices stores) {
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LECTERN_INGESTION_KEEP_JOBS", "100000");
        return environment;
    }

    private static double hits(ServerNode node, String cache) throws Exception {
        return node.metric("lectern_cache_requests_total{cache=\"" + cache + "\",result=\"hit\"}");
    }

    private static void play(int sequences, long seed, List<ServerNode> nodes, FreshnessCounts counts)
            throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        AtomicInteger played = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sequences; i++) {
                int number = i;
                places.acquire();
                executor.execute(() -> {
                    try {
                        new FreshnessSequence(number, nodes, counts, new Random(seed * 1_000_003 + number)).run();
                    } catch (Exception e) {
                        counts.failure("Sequence " + number + ": " + e);
                    } finally {
                        places.release();
                    }
                    if (played.incrementAndGet() % TELL_EVERY == 0) {
                        System.out.println(played + " sequences: " + counts);
                    }
                });
            }
        }
    }
}
