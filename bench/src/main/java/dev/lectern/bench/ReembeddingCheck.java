package dev.lectern.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Re-embeds a library with another embedder and back while readers ask questions and documents change. Both embedders are fakes with unrelated vectors of
 * different dimensions, so a search that mixes embedder and index does not find the document that the question quotes and is detected.
 *
 * <pre>bench/switch-embedder.sh [PASSAGES] [READERS]</pre>
 */
final class ReembeddingCheck {
    private static final String FIRST = "openai:first@256";
    private static final String SECOND = "openai:second@320";
    private static final Map<String, Integer> SIZES = Map.of("first", 256, "second", 320);
    private static final int VOCABULARY = 4_000;
    private static final int WORDS = 14;
    private static final int CHANGED = 40;
    private static final long STEADY_MILLIS = 10_000;

    private final ServerNode server;
    private final Path folder;
    /** By number of the document; what it says at present, or null while that changes. */
    private final List<String> texts = new ArrayList<>();

    private final Random random = new Random(17);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private volatile Queue<Double> took = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    private ReembeddingCheck(ServerNode server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        int passages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int readers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        Path work = Files.createTempDirectory("lectern-switch");
        boolean kept;
        try (FakeEmbeddingServer embedder = new FakeEmbeddingServer(0, model -> SIZES.getOrDefault(model, 1));
                ServerNode server = new ServerNode(
                        "one",
                        work,
                        Map.of(
                                "LECTERN_EMBEDDER",
                                FIRST,
                                "LECTERN_OPENAI_API_KEY",
                                "none",
                                "LECTERN_OPENAI_BASE_URL",
                                embedder.url("one")))) {
            server.launch().awaitReady();
            kept = new ReembeddingCheck(server, Files.createDirectories(work.resolve("folder"))).run(passages, readers);
        }
        System.exit(kept ? 0 : 1);
    }

    /** @return whether no question failed and no result was wrong */
    private boolean run(int passages, int readers) throws Exception {
        for (int i = 0; i < passages; i++) {
            texts.add(newText());
            write(i);
        }
        server.operator("POST", "/api/v1/collections/default/sources", Map.of("path", folder.toString()));
        awaitIdle();
        System.out.printf("%,d passages%n", passages);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int reader = 0; reader < readers; reader++) {
                int seed = reader;
                threads.execute(() -> read(new Random(seed)));
            }
            steady("before");
            String move = begin();
            say("built", await(move, "ready"));
            change();
            switchTo(move, "switch", "switched", "switched");
            steady("after");
            change();
            switchTo(move, "rollback", "ready", "rolled back");
            steady("after that");
            over = true;
        }
        System.out.printf("%d questions failed, %d results were wrong%n", failed.get(), wrong.get());
        notes.stream().limit(10).forEach(System.out::println);
        return failed.get() + wrong.get() == 0;
    }

    private String begin() throws Exception {
        took = new ConcurrentLinkedQueue<>();
        return server.operator("POST", "/api/v1/reembeddings", Map.of("embedder", SECOND))
                .json()
                .path("id")
                .asString();
    }

    private void switchTo(String move, String how, String status, String name) throws Exception {
        took = new ConcurrentLinkedQueue<>();
        server.operator("POST", "/api/v1/reembeddings/" + move + "/" + how, Map.of());
        say(name, await(move, status));
    }

    private double await(String move, String status) throws Exception {
        long begun = System.nanoTime();
        while (true) {
            JsonNode now =
                    server.operator("GET", "/api/v1/reembeddings/" + move, null).json();
            if (now.path("status").asString("").equals(status)) {
                return (System.nanoTime() - begun) / 1e9;
            }
            if (now.path("status").asString("").equals("failed")) {
                throw new IllegalStateException(now.toString());
            }
            Thread.sleep(100);
        }
    }

    private void steady(String name) throws InterruptedException {
        took = new ConcurrentLinkedQueue<>();
        Thread.sleep(STEADY_MILLIS);
        say(name, STEADY_MILLIS / 1e3);
    }

    private void say(String name, double seconds) {
        double[] millis = took.stream().mapToDouble(Double::doubleValue).toArray();
        System.out.printf(
                "%s: %.1f s; %s; %d failed, %d wrong so far%n",
                name, seconds, LoadGenerator.percentiles(millis), failed.get(), wrong.get());
    }

    /** New words in some documents, so that there is something to catch up with. */
    private void change() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        synchronized (texts) {
            for (int i = 0; i < CHANGED; i++) {
                int number = random.nextInt(texts.size());
                texts.set(number, "");
                numbers.add(number);
            }
        }
        Map<Integer, String> changed = new TreeMap<>();
        for (int number : numbers) {
            String text = newText();
            changed.put(number, text);
            Files.writeString(folder.resolve("entry-" + number + ".txt"), text);
        }
        String source = server.operator("GET", "/api/v1/collections/default/sources", null)
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        server.operator("POST", "/api/v1/sources/" + source + "/scan", Map.of());
        awaitIdle();
        synchronized (texts) {
            changed.forEach(texts::set);
        }
    }

    private void awaitIdle() throws Exception {
        while (true) {
            JsonNode jobs = server.get("/api/v1/jobs").json().path("items");
            boolean idle = !jobs.isEmpty();
            for (JsonNode job : jobs) {
                idle &= !List.of("queued", "running")
                        .contains(job.path("status").asString(""));
            }
            if (idle) {
                return;
            }
            Thread.sleep(500);
        }
    }

    private String newText() {
        StringBuilder text = new StringBuilder("Entry:");
        for (int i = 0; i < WORDS; i++) {
            text.append(" w").append(random.nextInt(VOCABULARY)).append('x');
        }
        return text.append('.').toString();
    }

    private void write(int number) throws Exception {
        Files.writeString(folder.resolve("entry-" + number + ".txt"), texts.get(number));
    }

    private void read(Random mine) {
        while (!over) {
            int number = mine.nextInt(texts.size());
            String text;
            synchronized (texts) {
                text = texts.get(number);
            }
            if (!text.isEmpty()) {
                ask(number, text, mine.nextBoolean());
            }
        }
    }

    private void ask(int number, String text, boolean search) {
        long begun = System.nanoTime();
        try {
            ServerNode.Reply reply = search
                    ? server.post("/api/v1/search", Map.of("query", text, "mode", "dense", "limit", 1))
                    : server.post("/api/v1/ask", Map.of("question", "What is said of " + text));
            took.add((System.nanoTime() - begun) / 1e6);
            if (reply.status() != 200) {
                failed.incrementAndGet();
                notes.add(reply.toString());
                return;
            }
            JsonNode json = reply.json();
            String found = search
                    ? json.path("items").path(0).path("uri").asString("")
                    : json.path("citations").path(0).path("uri").asString("");
            boolean changedMeanwhile;
            synchronized (texts) {
                changedMeanwhile = !texts.get(number).equals(text);
            }
            boolean right = found.endsWith("/entry-" + number + ".txt")
                    || (!search && json.path("status").asString("").equals("abstained"));
            if (!right && !changedMeanwhile) {
                wrong.incrementAndGet();
                notes.add("entry-" + number + " was asked for, " + reply);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failed.incrementAndGet();
            notes.add(e.toString());
        }
    }
}
