package dev.lectern.usage.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stand-in of a service with the OpenAI API that counts its calls and the tokens that it reports, by what it is asked: by the text of a request it knows
 * its purpose, and by the name in a question its author. Whoever has documents embedded is told to it.
 */
final class CountingModelService implements AutoCloseable {
    static final int DIMENSIONS = 16;
    /** The part of a question that makes the service write until its client leaves. */
    static final String ENDLESS = "endlessly";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern AUTHOR = Pattern.compile("\\b(Anna|Bert)\\b");
    private static final Pattern ASKED = Pattern.compile("<question>\\s*(.*?)\\s*</question>", Pattern.DOTALL);

    /** Calls and reported tokens. */
    record Tally(long calls, long inputTokens, long outputTokens) {
        Tally plus(Tally other) {
            return new Tally(calls + other.calls, inputTokens + other.inputTokens, outputTokens + other.outputTokens);
        }
    }

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Queue<Integer> chatFailures = new ArrayDeque<>();
    private final Queue<Integer> embeddingFailures = new ArrayDeque<>();
    private String owner = "";
    private boolean quoting;
    private boolean evaluating;

    CountingModelService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/v1/embeddings", exchange -> answer(exchange, this::embed));
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, this::chat));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** By purpose and author, as {@code answer Anna}. */
    synchronized Map<String, Tally> tallies() {
        return new TreeMap<>(tallies);
    }

    /** Whose documents are embedded from now on, and who asks questions without a name. */
    synchronized void setOwner(String owner) {
        this.owner = owner;
    }

    /** From now on, texts that are no questions are sentences to quote. */
    synchronized void setQuoting(boolean quoting) {
        this.quoting = quoting;
    }

    synchronized void setEvaluating(boolean evaluating) {
        this.evaluating = evaluating;
    }

    synchronized void failNextChat(int... statuses) {
        for (int status : statuses) {
            chatFailures.add(status);
        }
    }

    synchronized void failNextEmbedding(int status) {
        embeddingFailures.add(status);
    }

    private synchronized Integer pollFailure(Queue<Integer> failures) {
        Integer status = failures.poll();
        return status == null ? 200 : status;
    }

    private synchronized void count(Purpose purpose, String author, long input, long output) {
        String key =
                ((evaluating ? Purpose.EVALUATION : purpose).name().toLowerCase(Locale.ROOT) + " " + author).strip();
        tallies.merge(key, new Tally(1, input, output), Tally::plus);
    }

    private interface Handler {
        void handle(HttpExchange exchange, JsonNode request) throws IOException;
    }

    private static void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            handler.handle(exchange, JSON.readTree(exchange.getRequestBody().readAllBytes()));
        }
    }

    private void embed(HttpExchange exchange, JsonNode request) throws IOException {
        List<String> texts = new ArrayList<>();
        JsonNode input = request.path("input");
        if (input.isArray()) {
            input.forEach(text -> texts.add(text.asString()));
        } else {
            texts.add(input.asString());
        }
        boolean question = texts.stream().allMatch(text -> text.endsWith("?"));
        Purpose purpose = embeddingPurpose(request.path("model").asString(), texts, question);
        String author = question ? author(texts.getFirst()) : owner();
        int status = pollFailure(embeddingFailures);
        long tokens = status == 200
                ? texts.stream().mapToLong(CountingModelService::tokens).sum()
                : 0;
        count(purpose, author, tokens, 0);
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        List<Object> data = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            data.add(Map.of("object", "embedding", "index", i, "embedding", vector(texts.get(i))));
        }
        send(
                exchange,
                Map.of(
                        "object",
                        "list",
                        "model",
                        "stand-in",
                        "data",
                        data,
                        "usage",
                        Map.of("prompt_tokens", tokens, "total_tokens", tokens)));
    }

    private synchronized Purpose embeddingPurpose(String model, List<String> texts, boolean question) {
        if (question) {
            return Purpose.EMBED_QUESTION;
        }
        if (texts.equals(List.of("Lectern"))) {
            return Purpose.PROBE;
        }
        return quoting ? Purpose.EMBED_SENTENCE : model.equals("new") ? Purpose.REEMBED : Purpose.EMBED_PASSAGE;
    }

    private void chat(HttpExchange exchange, JsonNode request) throws IOException {
        JsonNode messages = request.path("messages");
        StringBuilder all = new StringBuilder();
        messages.forEach(
                message -> all.append(message.path("content").asString()).append('\n'));
        String last = messages.get(messages.size() - 1).path("content").asString();
        boolean rewrite = last.startsWith("Earlier questions:");
        Matcher asked = ASKED.matcher(last);
        String question = rewrite
                ? last.substring(last.indexOf("Last question:") + 14).strip()
                : asked.find() ? asked.group(1) : "";
        Purpose purpose = rewrite ? Purpose.REWRITE : Purpose.ANSWER;
        int status = pollFailure(chatFailures);
        if (status != 200) {
            count(purpose, author(question), 0, 0);
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        if (!rewrite && question.contains(ENDLESS)) {
            count(purpose, author(question), 0, 0);
            writeUntilTheClientLeaves(out);
            return;
        }
        String reply = rewrite
                ? question.substring(question.indexOf(' ') + 1, question.length() - 1) + " at work?"
                : "Everybody gets 28 days of leave each year [1].";
        long input = tokens(all.toString());
        long output = tokens(reply) + 1;
        count(purpose, author(question), input, output);
        write(out, piece(reply));
        write(
                out,
                "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + input
                        + ",\"completion_tokens\":" + output + ",\"total_tokens\":" + (input + output) + "}}\n\n"
                        + "data: [DONE]\n\n");
    }

    private static void writeUntilTheClientLeaves(OutputStream out) throws IOException {
        try {
            while (true) {
                write(out, piece("One more word and "));
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String piece(String text) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text + "\"}}]}\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void send(HttpExchange exchange, Object body) throws IOException {
        byte[] reply = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
    }

    private synchronized String owner() {
        return owner;
    }

    private String author(String question) {
        Matcher name = AUTHOR.matcher(question);
        return name.find() ? name.group(1) : owner();
    }

    /** Counts in a way of its own, so that no estimate can be equal by chance. */
    private static long tokens(String text) {
        return 1_000 + 3L * text.split("\\s+").length;
    }

    /** Texts with common words are near, and all texts are near enough. */
    private static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        vector[0] = 60;
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            vector[1 + Math.floorMod(word.hashCode(), DIMENSIONS - 1)] += 1;
        }
        return vector;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
