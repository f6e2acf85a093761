package dev.lectern.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of several server nodes, in a separate process with a fixed address. Thread-safe except for start and stop. */
final class ServerNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BOUNDARY = "two-nodes-boundary";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String name;
    private final Path work;
    private final Map<String, String> environment;
    private final int port = FolderServer.freePort();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger ends = new AtomicInteger();
    private @Nullable Process process;
    private volatile boolean serving;

    ServerNode(String name, Path work, Map<String, String> environment) throws IOException {
        this.name = name;
        this.work = work;
        this.environment = environment;
    }

    record Reply(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** @param text of a plain text file */
    record Upload(String name, String text) {}

    /** How often it was ended so far: what fails while this changes is no error. */
    int ends() {
        return ends.get();
    }

    boolean serving() {
        return serving;
    }

    String name() {
        return name;
    }

    Path data() {
        return work.resolve(name);
    }

    /** Begins to start it. */
    ServerNode launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "./lectern", "serve", "--port", Integer.toString(port), "--data", data().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        work.resolve(name + ".log").toFile()));
        builder.environment()
                .keySet()
                .removeIf(key -> key.startsWith("LECTERN_") && !key.equals("LECTERN_JAVA_OPTIONS"));
        builder.environment().put("LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES", "127.0.0.0/8");
        builder.environment().putAll(environment);
        process = builder.start();
        return this;
    }

    void awaitReady() throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (process == null || !process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("Node " + name + " did not start; see " + work.resolve(name + ".log"));
            }
            Thread.sleep(50);
        }
        serving = true;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        serving = false;
        ends.incrementAndGet();
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** SIGTERM; waits until it has ended. */
    void terminate() throws InterruptedException {
        serving = false;
        ends.incrementAndGet();
        if (process != null) {
            process.destroy();
            process.waitFor(2, TimeUnit.MINUTES);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Reply delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Reply post(String path, Object json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(json))));
    }

    /**
     * With the key of the data folder.
     *
     * @param json null for none
     */
    Reply operator(String method, String path, @Nullable Object json) throws IOException, InterruptedException {
        return send(request(path)
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data().resolve("key")).strip())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        json == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(json))));
    }

    Reply upload(String collection, List<Upload> files) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        for (Upload file : files) {
            body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(file.name())
                    .append("\"\r\nContent-Type: text/plain\r\n\r\n")
                    .append(file.text())
                    .append("\r\n");
        }
        return send(request("/api/v1/collections/" + collection + "/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body + "--" + BOUNDARY + "--\r\n")));
    }

    /** Of one of its metrics. */
    double metric(String line) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(one -> one.startsWith(line))
                .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).timeout(PATIENCE);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
        http.shutdownNow();
    }
}
