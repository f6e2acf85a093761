package dev.lectern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisServer;

/**
 * Measures the effect of a Redis outage on readers: questions at random times at half of the maximum throughput, half of them repeated. Redis is available
 * for a third of the time, stopped for a third, and available again.
 *
 * <pre>bench/redis-outage.sh [FOLDER] [SECONDS]</pre>
 */
final class RedisOutageBenchmark {
    private static final int CALLERS = 16;
    private static final int REPEATED = 40;
    private static final Pattern CACHE = Pattern.compile("\\{\"name\":\"cache\",\"state\":\"(\\w+)\"");

    private final FolderServer server;
    private final String cookie;
    private final List<String> repeated = new ArrayList<>();
    private final Random random = new Random(3);

    private RedisOutageBenchmark(FolderServer server) throws IOException {
        this.server = server;
        this.cookie = AnswerOverheadBenchmark.cookie(server);
        for (int i = 0; i < REPEATED; i++) {
            repeated.add(server.newQuestion());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "docs");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int port = FolderServer.freePort();
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        try (FakeChatServer model = new FakeChatServer();
                FolderServer server = FolderServer.start(
                        folder,
                        Map.of(
                                "LECTERN_REDIS_URL", "redis://127.0.0.1:" + port,
                                "LECTERN_CHAT_MODEL", "openai:stand-in",
                                "LECTERN_OPENAI_API_KEY", "none",
                                "LECTERN_OPENAI_BASE_URL", model.url(),
                                "LECTERN_ANSWERING_MAX_TURNS", "200"))) {
            new RedisOutageBenchmark(server).run(redis, seconds);
        } finally {
            redis.stop();
        }
    }

    private void run(RedisServer redis, int seconds) throws Exception {
        LoadGenerator.saturation(this::ask, CALLERS, 2 * seconds);
        double rate = LoadGenerator.saturation(this::ask, CALLERS, seconds) / 2;
        System.out.printf("%.0f questions per second, half of what it takes%n", rate);
        Thread switching = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(seconds * 1_000L);
                System.out.println("Redis available: cache is " + health());
                redis.stop();
                Thread.sleep(seconds * 1_000L);
                System.out.println("Redis stopped: cache is " + health());
                redis.start();
                long back = System.nanoTime();
                while (!health().equals("up")) {
                    Thread.sleep(50);
                }
                System.out.printf("cache available again after %.1f s%n", (System.nanoTime() - back) / 1e9);
            } catch (IOException | InterruptedException e) {
                System.out.println("Switching failed: " + e);
            }
        });
        LoadGenerator.Result result = LoadGenerator.at(rate, 3 * seconds, this::ask);
        switching.join();
        System.out.printf("%d of %d questions failed%n", result.failed(), result.made().length + result.failed());
        List<String> phases = List.of("Redis up", "Redis down", "Redis up again");
        for (int phase = 0; phase < phases.size(); phase++) {
            long from = 1_000_000_000L * phase * seconds;
            long to = from + 1_000_000_000L * seconds;
            System.out.println(phases.get(phase) + ": "
                    + LoadGenerator.percentiles(Arrays.stream(result.made())
                            .filter(one -> one.at() >= from && one.at() < to)
                            .mapToDouble(one -> one.took() / 1e6)
                            .toArray()));
        }
    }

    private String health() throws IOException {
        Matcher found = CACHE.matcher(server.http().get("/health").body());
        return found.find() ? found.group(1).toLowerCase(Locale.ROOT) : "unknown";
    }

    private double ask() throws IOException {
        boolean again;
        String known;
        synchronized (random) {
            again = random.nextBoolean();
            known = repeated.get(random.nextInt(REPEATED));
        }
        String question = again ? known : server.newQuestion();
        BenchmarkHttpClient.Reply reply =
                server.http().post("/api/v1/ask", cookie, "{\"question\":\"" + question + "\"}");
        if (reply.status() != 200) {
            throw new IOException("Status " + reply.status() + ": " + reply.body());
        }
        return 0;
    }
}
