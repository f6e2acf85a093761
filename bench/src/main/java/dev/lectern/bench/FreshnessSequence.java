package dev.lectern.bench;

import dev.lectern.bench.ServerNode.Reply;
import dev.lectern.bench.ServerNode.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One random sequence of changes and questions in its own collection. Each step goes to a random node, while another thread reads continuously. Every
 * version of a text has a unique word; the word must not be found after the change that removed it was acknowledged.
 */
final class FreshnessSequence {
    private static final List<String> THINGS = List.of("tower", "bridge", "garden", "harbour");
    private static final Pattern WORD = Pattern.compile("code\\d+v\\d+x");
    private static final int STEPS = 8;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final int number;
    private final List<ServerNode> nodes;
    private final FreshnessCounts counts;
    private final Random random;
    private final Map<String, Kept> present = new TreeMap<>();
    /** Words with the number of the change that took them away. */
    private final Map<String, Integer> gone = new ConcurrentHashMap<>();

    private final List<Kept> earlier = new ArrayList<>();
    private volatile String collection = "";
    private volatile boolean over;
    private int versions;
    private int changes;

    /** What is at a path. */
    private record Kept(String thing, String word, String document) {
        String text() {
            return "The secret code of the %s is %s. It is written on the door.".formatted(thing, word);
        }
    }

    FreshnessSequence(int number, List<ServerNode> nodes, FreshnessCounts counts, Random random) {
        this.number = number;
        this.nodes = nodes;
        this.counts = counts;
        this.random = random;
    }

    void run() throws Exception {
        create();
        Random own = new Random(random.nextLong());
        Thread reading = Thread.ofVirtual().start(() -> readAllTheTime(own));
        try {
            put(thing());
            for (int step = 1; step < STEPS; step++) {
                step();
            }
            put(thing());
        } finally {
            over = true;
            reading.join();
        }
        node().delete("/api/v1/collections/" + collection);
    }

    private void step() throws Exception {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> put(thing());
            case 5, 6 -> copy();
            case 7, 8 -> restoreEarlierVersion();
            case 9, 10, 11, 12 -> delete();
            case 13 -> dropCollection();
            default -> search(node(), thing(), random.nextInt(3));
        }
    }

    private void create() throws Exception {
        Reply created = node().post("/api/v1/collections", Map.of("name", "Sequence " + number + "." + changes++));
        counts.require(created.status() == 201, "A collection was not made: " + created);
        collection = created.json().path("id").asString();
    }

    private void put(String thing) throws Exception {
        put(thing + ".txt", new Kept(thing, "code" + number + "v" + ++versions + "x", ""));
    }

    /** The same content at a second path: it stays until both are gone. */
    private void copy() throws Exception {
        if (!present.isEmpty()) {
            Kept one = anyOf(new ArrayList<>(present.values()));
            put("copy-of-" + one.thing() + ".txt", one);
        }
    }

    private void restoreEarlierVersion() throws Exception {
        if (!earlier.isEmpty()) {
            Kept one = anyOf(earlier);
            put(one.thing() + ".txt", one);
        }
    }

    private void put(String path, Kept kept) throws Exception {
        gone.remove(kept.word());
        Reply taken = node().upload(collection, List.of(new Upload(path, kept.text())));
        counts.require(taken.status() == 202, "An upload was refused: " + taken);
        awaitDone(taken.json().path("job").path("id").asString());
        Kept before = present.put(
                path,
                new Kept(
                        kept.thing(),
                        kept.word(),
                        taken.json().path("documents").path(0).path("id").asString()));
        if (before != null) {
            earlier.add(before);
        }
        acknowledged();
        verify(kept.thing(), Set.of(kept.word()));
    }

    private void awaitDone(String job) throws Exception {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Reply reply = node().get("/api/v1/jobs/" + job);
            String status = reply.json().path("status").asString("");
            if (status.equals("done")) {
                return;
            }
            counts.require(
                    reply.status() == 200 && !status.equals("failed") && System.nanoTime() < until,
                    "A job did not get done: " + reply);
            Thread.sleep(10);
        }
    }

    private void delete() throws Exception {
        if (present.isEmpty()) {
            return;
        }
        Kept one = anyOf(new ArrayList<>(present.values()));
        Reply deleted = node().delete("/api/v1/documents/" + one.document());
        counts.require(deleted.status() == 204, "A document was not deleted: " + deleted);
        earlier.add(one);
        present.values().removeIf(other -> other.word().equals(one.word()));
        acknowledged();
        verify(one.thing(), Set.of());
    }

    private void dropCollection() throws Exception {
        String dropped = collection;
        earlier.addAll(present.values());
        Reply deleted = node().delete("/api/v1/collections/" + dropped);
        counts.require(deleted.status() == 204, "A collection was not deleted: " + deleted);
        present.clear();
        acknowledged();
        for (ServerNode node : inAnyOrder()) {
            for (int way = 0; way < 3; way++) {
                Reply reply = send(node, dropped, THINGS.getFirst(), way);
                counts.countReply(reply);
                counts.require(reply.status() == 404, "A deleted collection is still read: " + reply);
            }
        }
        create();
    }

    /** From now on every word that no path has is gone. */
    private void acknowledged() {
        changes++;
        counts.changed();
        Set<String> there = present.values().stream().map(Kept::word).collect(Collectors.toSet());
        for (Kept one : earlier) {
            if (!there.contains(one.word())) {
                gone.putIfAbsent(one.word(), changes);
            }
        }
    }

    private void verify(String thing, Set<String> expected) throws Exception {
        for (ServerNode node : inAnyOrder()) {
            Set<String> found = search(node, thing, 0);
            counts.require(found.containsAll(expected), "Not found at node " + node.name() + ": " + expected);
            search(node, thing, 1 + random.nextInt(2));
        }
    }

    private Set<String> search(ServerNode node, String thing, int way) throws Exception {
        Reply reply = send(node, collection, thing, way);
        counts.require(reply.status() == 200, "A question failed: " + reply);
        return judge(node, reply, new HashMap<>(gone), way);
    }

    private Set<String> judge(ServerNode node, Reply reply, Map<String, Integer> goneBefore, int way) {
        counts.countReply(reply);
        Set<String> words = WORD.matcher(reply.body())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String word : words) {
            // A word that came back meanwhile is no longer gone, or gone by another change.
            Integer when = goneBefore.get(word);
            if (when != null && when.equals(gone.get(word))) {
                counts.stale(word + " at node " + node.name() + " (way " + way + "): " + reply.body());
            }
        }
        return words;
    }

    private static Reply send(ServerNode node, String collection, String thing, int way)
            throws IOException, InterruptedException {
        String question = "What is the secret code of the " + thing + "?";
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(way == 0 ? "query" : "question", question);
        body.put("collections", List.of(collection));
        if (way == 2) {
            body.put("stream", true);
        }
        return node.post(way == 0 ? "/api/v1/search" : "/api/v1/ask", body);
    }

    /** What was gone before the question came in is in no answer, whatever changes meanwhile. */
    private void readAllTheTime(Random own) {
        try {
            while (!over) {
                String asked = collection;
                Map<String, Integer> goneBefore = new HashMap<>(gone);
                ServerNode node = nodes.get(own.nextInt(nodes.size()));
                int way = own.nextInt(3);
                Reply reply = send(node, asked, THINGS.get(own.nextInt(THINGS.size())), way);
                if (reply.status() == 200) {
                    judge(node, reply, goneBefore, way);
                } else if (reply.status() != 404) {
                    counts.failure("A reader got " + reply);
                }
                Thread.sleep(own.nextInt(20, 120));
            }
        } catch (IOException | InterruptedException e) {
            counts.failure("A reader stopped: " + e);
        }
    }

    private ServerNode node() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private String thing() {
        return THINGS.get(random.nextInt(THINGS.size()));
    }

    private <T> T anyOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private List<ServerNode> inAnyOrder() {
        List<ServerNode> all = new ArrayList<>(nodes);
        Collections.shuffle(all, random);
        return all;
    }
}
