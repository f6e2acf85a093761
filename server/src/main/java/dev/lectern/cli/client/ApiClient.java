package dev.lectern.cli.client;

import dev.lectern.security.OperatorKey;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the HTTP API: of the server that has the data folder open, or of a server embedded in this process. Authenticates with the folder's key when it can be read. */
public final class ApiClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(10);

    private final URI address;
    private final @Nullable String key;
    private final @Nullable EmbeddedServer embedded;
    private final HttpClient http;

    private ApiClient(URI address, @Nullable String key, @Nullable EmbeddedServer embedded, @Nullable SSLContext tls) {
        this.address = address;
        this.key = key;
        this.embedded = embedded;
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT);
        this.http = (tls == null ? client : client.sslContext(tls)).build();
    }

    /**
     * Connects to the running server, or starts one in this process. Without a readable key, requests are those of a visitor.
     *
     * @param settings settings by key of a server that is started
     */
    public static ApiClient of(LibraryLocation location, Map<String, String> settings) throws IOException {
        return switch (location) {
            case LibraryLocation.Server server ->
                new ApiClient(
                        server.address(),
                        key(server.dataFolder()),
                        null,
                        "https".equalsIgnoreCase(server.address().getScheme())
                                ? ServerTrust.of(server.address(), server.dataFolder())
                                : null);
            case LibraryLocation.Folder(Path folder) -> start(folder, settings);
            case LibraryLocation.Missing(Path folder) -> start(folder, settings);
        };
    }

    private static ApiClient start(Path folder, Map<String, String> settings) throws IOException {
        EmbeddedServer embedded = EmbeddedServer.startPrivate(folder, settings);
        return new ApiClient(embedded.address(), OperatorKey.read(folder), embedded, null);
    }

    private static @Nullable String key(@Nullable Path dataFolder) throws IOException {
        return dataFolder != null && Files.isReadable(dataFolder.resolve("key")) ? OperatorKey.read(dataFolder) : null;
    }

    /** Connects to a server of this process. */
    public static ApiClient of(EmbeddedServer embeddedServer) throws IOException {
        SSLContext tls = embeddedServer
                .certificateDigest()
                .map(first -> PinnedServer.context(
                        () -> embeddedServer.certificateDigest().orElse(first)))
                .orElse(null);
        return new ApiClient(embeddedServer.address(), OperatorKey.read(embeddedServer.dataFolder()), null, tls);
    }

    /** Whether the server runs in this process and ends with this client. */
    public boolean isOwn() {
        return embedded != null;
    }

    public JsonNode get(String path) {
        return json(request(path).GET().build());
    }

    public JsonNode post(String path, Object body) {
        return json(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build());
    }

    public JsonNode delete(String path) {
        return json(request(path).DELETE().build());
    }

    /**
     * Uploads files to the default collection under their names, in one request.
     *
     * @param onConflict what happens when the collection has another document of a file's name, as in the API
     * @return the response with one item for each file in order, also when all files were refused because there are such documents
     */
    public JsonNode upload(List<Path> files, String onConflict) throws IOException {
        String boundary = "lectern-" + Long.toHexString(System.nanoTime());
        List<BodyPublisher> parts = new ArrayList<>();
        for (Path file : files) {
            // The server takes a backslash for the end of a folder's name, as clients on Windows do.
            String name = FolderPath.format(file.getFileName()).replaceAll("[\"\\r\\n\\\\]", "_");
            parts.add(BodyPublishers.ofString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\";"
                    + " filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
            parts.add(content(file));
            parts.add(BodyPublishers.ofString("\r\n"));
        }
        parts.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
        try {
            return json(request("/collections/default/documents?onConflict=" + onConflict)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(BodyPublishers.concat(parts.toArray(BodyPublisher[]::new)))
                    .build());
        } catch (ApiException refused) {
            if (refused.code() == ErrorCode.DOCUMENT_EXISTS) {
                return refused.problem();
            }
            throw refused;
        }
    }

    /** {@link BodyPublishers#ofFile} opens the file by a name in the locale of the process. */
    private static BodyPublisher content(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes == 0) {
            return BodyPublishers.noBody();
        }
        BodyPublisher content = BodyPublishers.ofInputStream(() -> {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return BodyPublishers.fromPublisher(content, bytes);
    }

    /** Posts and passes every event of the response stream to {@code reader}, by name and data, until the stream ends. */
    public void stream(String path, Object body, BiConsumer<String, JsonNode> reader) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                .build();
        boolean finished = false;
        while (!finished) {
            finished = stream(request, reader);
        }
    }

    /** False when the rate limit refused the request, and its wait is over. */
    private boolean stream(HttpRequest request, BiConsumer<String, JsonNode> reader) {
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                awaitQuota(response, new ApiException(JsonMapper.shared().readTree(lines)));
                return false;
            }
            readEvents(lines, reader);
            return true;
        } catch (IOException gone) {
            throw unreachable(gone);
        }
    }

    private static void readEvents(BufferedReader lines, BiConsumer<String, JsonNode> reader) throws IOException {
        String event = "message";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event:")) {
                event = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                reader.accept(event, JsonMapper.shared().readTree(data.toString()));
                data.setLength(0);
                event = "message";
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve("/api/v1" + path)).timeout(RESPONSE_TIMEOUT);
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private JsonNode json(HttpRequest request) {
        while (true) {
            HttpResponse<String> response = send(request, BodyHandlers.ofString());
            JsonNode body = response.body().isEmpty()
                    ? JsonMapper.shared().createObjectNode()
                    : JsonMapper.shared().readTree(response.body());
            if (response.statusCode() < 300) {
                return body;
            }
            awaitQuota(response, new ApiException(body));
        }
    }

    /**
     * Waits as long as the server wants after it refused a request because of its rate limit. Nothing of the request was carried out, so it can be sent again.
     *
     * @throws ApiException the refusal, for any other reason
     */
    private static void awaitQuota(HttpResponse<?> response, ApiException refusal) {
        if (refusal.code() != ErrorCode.QUOTA_EXCEEDED) {
            throw refusal;
        }
        long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
        System.err.println("The server's limit of requests is reached. The command continues in " + seconds + " s.");
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException stop) {
            throw stopped(stop);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException gone) {
            throw unreachable(gone);
        } catch (InterruptedException stop) {
            throw stopped(stop);
        }
    }

    private static LecternException stopped(InterruptedException stop) {
        Thread.currentThread().interrupt();
        return new LecternException(ErrorCode.SHUTTING_DOWN, "Stopped.", stop);
    }

    private LecternException unreachable(IOException cause) {
        return new LecternException(
                ErrorCode.INTERNAL,
                "The server at " + address + " does not respond. Restart it, then repeat the command.",
                cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (embedded != null) {
            embedded.close();
        }
    }
}
