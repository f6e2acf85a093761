package dev.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the overhead of answers without model time. The server has a fake chat model that responds immediately and the real embedder, and every question
 * is new. First the maximum throughput is measured, then the latency at half of it with random arrival times: as reported by the answer
 * ({@code timings.overhead}), and as seen by the client without {@code timings.embedding} and {@code timings.model}, which includes HTTP on both sides.
 *
 * <pre>bench/overhead.sh [FOLDER] [SECONDS]</pre>
 */
final class AnswerOverheadBenchmark {
    private static final int CALLERS = 16;
    private static final int WARM_UP_SECONDS = 40;
    private static final Pattern OVERHEAD = Pattern.compile("\"overhead\":([0-9.]+)");
    private static final Pattern EMBEDDING = Pattern.compile("\"embedding\":([0-9.]+)");
    private static final Pattern MODEL = Pattern.compile("\"model\":([0-9.]+)");

    private final FolderServer server;
    private final String cookie;
    private final AtomicInteger abstained = new AtomicInteger();

    private AnswerOverheadBenchmark(FolderServer server) throws IOException {
        this.server = server;
        this.cookie = cookie(server);
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "docs");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        try (FakeChatServer model = new FakeChatServer();
                FolderServer server = FolderServer.start(
                        folder,
                        Map.of(
                                "LECTERN_CHAT_MODEL", "openai:stand-in",
                                "LECTERN_OPENAI_API_KEY", "none",
                                "LECTERN_OPENAI_BASE_URL", model.url(),
                                "LECTERN_ANSWERING_MAX_TURNS", "200"))) {
            new AnswerOverheadBenchmark(server).run(seconds);
        }
    }

    static String cookie(FolderServer server) throws IOException {
        String head = server.http().get("/api/v1/collections").head();
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Set-Cookie:", 0, 11))
                .map(line -> "Cookie:" + line.substring(11, line.indexOf(';')) + "\r\n")
                .findFirst()
                .orElse("");
    }

    private void run(int seconds) throws InterruptedException, ExecutionException {
        LoadGenerator.saturation(this::ask, CALLERS, WARM_UP_SECONDS);
        abstained.set(0);
        double most = LoadGenerator.saturation(this::ask, CALLERS, seconds);
        System.out.printf("saturation with %d callers: %.0f questions per second%n", CALLERS, most);
        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        LoadGenerator.Result result = LoadGenerator.at(most / 2, seconds, () -> {
            String body = body();
            answers.add(body);
            return number(EMBEDDING, body) + number(MODEL, body);
        });
        System.out.printf(
                "open loop at %.0f a second for %d s, %d failed, %d abstained%n",
                most / 2, seconds, result.failed(), abstained.get());
        printReported("overhead", OVERHEAD, answers);
        printReported("embedding", EMBEDDING, answers);
        printReported("model", MODEL, answers);
        System.out.println("overhead as measured by clients: "
                + LoadGenerator.percentiles(Arrays.stream(result.made())
                        .mapToDouble(one -> one.took() / 1e6 - one.reported())
                        .toArray()));
    }

    private static void printReported(String what, Pattern pattern, List<String> answers) {
        System.out.println(what + " as reported by answers: "
                + LoadGenerator.percentiles(answers.stream()
                        .mapToDouble(body -> number(pattern, body))
                        .toArray()));
    }

    private double ask() throws IOException {
        return body().length();
    }

    private String body() throws IOException {
        BenchmarkHttpClient.Reply reply =
                server.http().post("/api/v1/ask", cookie, "{\"question\":\"" + server.newQuestion() + "\"}");
        if (reply.status() != 200) {
            throw new IOException("Status " + reply.status() + ": " + reply.body());
        }
        if (reply.body().contains("\"abstained\"")) {
            abstained.incrementAndGet();
        }
        return reply.body();
    }

    private static double number(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
