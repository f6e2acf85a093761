package dev.lectern.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of OpenAI's embedding API that takes a few milliseconds per text and records which node requested which text when; each node has its own
 * address. So the calls of a killed node are known although its counters are lost. Texts with common words have similar embeddings within one model.
 */
final class FakeEmbeddingServer implements AutoCloseable {
    static final int DIMENSIONS = 64;
    private static final int MILLIS_A_TEXT = 6;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<String, Queue<Asked>> asked = new ConcurrentHashMap<>();
    private final int millisAText;
    private final ToIntFunction<String> dimensions;

    /** @param at when the answer went out, as {@link System#nanoTime} */
    record Asked(String node, long at) {}

    FakeEmbeddingServer() throws IOException {
        this(MILLIS_A_TEXT, model -> DIMENSIONS);
    }

    /** @param dimensions by the name of the model */
    FakeEmbeddingServer(int millisAText, ToIntFunction<String> dimensions) throws IOException {
        this.millisAText = millisAText;
        this.dimensions = dimensions;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String node) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + node;
    }

    /** By text, in the order of the answers. */
    Map<String, Queue<Asked>> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String node = exchange.getRequestURI().getPath().split("/", -1)[1];
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            List<String> texts = new ArrayList<>();
            JsonNode input = request.path("input");
            if (input.isArray()) {
                input.forEach(text -> texts.add(text.asString()));
            } else {
                texts.add(input.asString());
            }
            Thread.sleep((long) millisAText * texts.size());
            texts.forEach(text -> asked.computeIfAbsent(text, key -> new ConcurrentLinkedQueue<>())
                    .add(new Asked(node, System.nanoTime())));
            String model = request.path("model").asString();
            List<Object> data = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                data.add(Map.of("object", "embedding", "index", i, "embedding", vector(model, texts.get(i))));
            }
            byte[] reply = JSON.writeValueAsString(Map.of(
                            "object",
                            "list",
                            "model",
                            "stand-in",
                            "data",
                            data,
                            "usage",
                            Map.of("prompt_tokens", 1, "total_tokens", 1)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private float[] vector(String model, String text) {
        float[] vector = new float[dimensions.applyAsInt(model)];
        vector[0] = 0.1f;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[Math.floorMod((model + word).hashCode(), vector.length)] += 1;
        }
        return vector;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
