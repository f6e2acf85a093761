package dev.lectern.bench;

import dev.lectern.bench.ServerNode.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rounds in which one of two nodes receives SIGTERM while it streams answers to twenty readers and ingests documents. The answers alternately take less and
 * more time than the shutdown grace period. All answers end, are available on the other node as their readers saw them, and the other node ingests the
 * documents.
 */
final class GracefulStopRounds {
    private static final int READERS = 20;
    private static final int DOCUMENTS = 60;
    private static final long QUICK_MILLIS = 350;
    private static final long SLOW_MILLIS = 3_000;
    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SharedServices stores;
    private final FakeChatServer model;
    private final List<ServerNode> nodes;

    private GracefulStopRounds(SharedServices stores, FakeChatServer model, List<ServerNode> nodes) {
        this.stores = stores;
        this.model = model;
        this.nodes = nodes;
    }

    static boolean run(Path work, int rounds) throws Exception {
        boolean fine = true;
        try (FakeChatServer model = new FakeChatServer();
                SharedServices stores = SharedServices.open(work);
                ServerNode one = new ServerNode("one", work, environment(stores, model));
                ServerNode two = new ServerNode("two", work, environment(stores, model))) {
            one.launch().awaitReady();
            two.launch().awaitReady();
            GracefulStopRounds all = new GracefulStopRounds(stores, model, List.of(one, two));
            all.hand(one, "first");
            all.awaitIdle();
            for (int round = 1; round <= rounds; round++) {
                fine &= all.round(round);
            }
        }
        return fine;
    }

    private static Map<String, String> environment(SharedServices stores, FakeChatServer model) {
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LECTERN_CHAT_MODEL", "openai:stand-in");
        environment.put("LECTERN_OPENAI_API_KEY", "none");
        environment.put("LECTERN_OPENAI_BASE_URL", model.url());
        environment.put("LECTERN_MODELS_CONCURRENT_CALLS", String.valueOf(READERS));
        return environment;
    }

    private boolean round(int number) throws Exception {
        ServerNode leaving = nodes.get(number % nodes.size());
        ServerNode staying = nodes.get((number + 1) % nodes.size());
        boolean quick = number % 2 == 1;
        model.pause(quick ? QUICK_MILLIS : SLOW_MILLIS);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(Reader.at(leaving));
        }
        List<Seen> seen = new ArrayList<>();
        double took;
        double givenBack;
        long open;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Seen>> streams = new ArrayList<>();
            for (Reader reader : readers) {
                streams.add(executor.submit((Callable<Seen>) () -> reader.ask(leaving, number)));
            }
            Thread.sleep(1_000);
            hand(leaving, "round" + number);
            Thread.sleep(1_000);
            open = stores.number("SELECT COUNT(*) FROM task WHERE status IN ('queued', 'running')");
            long begun = System.nanoTime();
            leaving.terminate();
            took = (System.nanoTime() - begun) / 1e9;
            givenBack = awaitNone(
                    "SELECT COUNT(*) FROM task WHERE status = 'running' AND owner NOT IN (SELECT id FROM node)");
            for (Future<Seen> stream : streams) {
                seen.add(stream.get());
            }
        }
        int whole = 0;
        int interrupted = 0;
        int cut = 0;
        int kept = 0;
        for (int i = 0; i < READERS; i++) {
            String end = seen.get(i).end();
            whole += end.equals("answered") ? 1 : 0;
            interrupted += end.equals("interrupted") ? 1 : 0;
            cut += end.isEmpty() ? 1 : 0;
            kept += readers.get(i).findsAt(staying, seen.get(i)) ? 1 : 0;
        }
        double idle = awaitIdle();
        leaving.launch().awaitReady();
        long unread = stores.number("SELECT COUNT(*) FROM document WHERE status <> 'done'");
        System.out.printf(
                "stop %d (answers of %.0f s): SIGTERM took %.1f s; %d of %d streams ended whole, %d as interrupted, %d cut off; %d found at the other node"
                        + " as they were seen; %d tasks open, none owned by the stopped node %.1f s after its end, all done after %.1f s, %d documents not read%n",
                number,
                (quick ? QUICK_MILLIS : SLOW_MILLIS) * 12 / 1e3,
                took,
                whole,
                READERS,
                interrupted,
                cut,
                kept,
                open,
                givenBack,
                idle,
                unread);
        return kept == READERS && unread == 0 && (quick ? whole : whole + interrupted) == READERS;
    }

    private void hand(ServerNode node, String name) throws IOException, InterruptedException {
        List<Upload> files = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            String token = name + "n" + i;
            files.add(new Upload(
                    token + ".txt",
                    ("The pump " + token + " was looked at in this week and found to be in order by two people. ")
                            .repeat(40)));
        }
        node.upload("default", files);
    }

    private double awaitIdle() throws Exception {
        return awaitNone("SELECT (SELECT COUNT(*) FROM task WHERE status IN ('queued', 'running'))"
                + " + (SELECT COUNT(*) FROM job WHERE status IN ('queued', 'running'))");
    }

    private double awaitNone(String count) throws Exception {
        long begun = System.nanoTime();
        while (stores.number(count) > 0 && System.nanoTime() - begun < PATIENCE_NANOS) {
            Thread.sleep(50);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /**
     * @param end the answer's status, or interrupted; empty when the stream ended without saying how
     * @param text that was shown
     */
    private record Seen(String end, String text) {}

    /** A reader with a cookie and a conversation of his own. */
    private record Reader(HttpClient http, String conversation) {
        static Reader at(ServerNode node) throws IOException, InterruptedException {
            HttpClient http = HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<String> made = http.send(
                    request(node, "/api/v1/conversations")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Reader(http, JSON.readTree(made.body()).path("id").asString());
        }

        private static HttpRequest.Builder request(ServerNode node, String path) {
            return HttpRequest.newBuilder(node.address().resolve(path)).header("Content-Type", "application/json");
        }

        Seen ask(ServerNode node, int round) {
            StringBuilder text = new StringBuilder();
            String end = "";
            try {
                HttpResponse<Stream<String>> stream = http.send(
                        request(node, "/api/v1/conversations/" + conversation + "/messages")
                                .header("Accept", "text/event-stream")
                                .POST(BodyPublishers.ofString(
                                        "{\"content\":\"Was the pump firstn7 found to be in order in round " + round
                                                + "?\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
                for (String line : (Iterable<String>) stream.body()::iterator) {
                    if (line.startsWith("data:")) {
                        JsonNode data = JSON.readTree(line.substring(5));
                        text.append(data.path("text").asString(""));
                        JsonNode answer = data.path("answer");
                        if (answer.isObject()) {
                            end = answer.path("reason").asString("").equals("interrupted")
                                    ? "interrupted"
                                    : answer.path("status").asString("");
                            text.setLength(0);
                            text.append(answer.path("text").asString(""));
                        }
                    }
                }
            } catch (IOException | UncheckedIOException cutOff) {
                System.out.println("  a stream was interrupted: " + cutOff);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Seen(end, text.toString());
        }

        boolean findsAt(ServerNode node, Seen seen) throws IOException, InterruptedException {
            HttpResponse<String> list = http.send(
                    request(node, "/api/v1/conversations/" + conversation + "/messages")
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String kept = JSON.readTree(list.body())
                    .path("items")
                    .path(0)
                    .path("answer")
                    .path("text")
                    .asString("");
            boolean same = seen.end().isEmpty() ? kept.startsWith(seen.text()) : kept.equals(seen.text());
            if (!same) {
                System.out.println("  seen " + seen + ", stored " + list.body());
            }
            return same;
        }
    }
}
