package dev.lectern.answering.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reader with his own cookie. */
final class HttpTestClient {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String base;

    HttpTestClient(int port) {
        this.base = "http://127.0.0.1:" + port + "/api/v1";
    }

    /** The cookie of this reader, to come back with. */
    String cookie() {
        return cookies.getCookieStore().getCookies().getFirst().getValue();
    }

    HttpTestClient withCookie(String value) {
        HttpCookie cookie = new HttpCookie("lectern_visitor", value);
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(base), cookie);
        return this;
    }

    record Reply(int status, JsonNode body, HttpResponse<String> response) {
        String at(String pointer) {
            return body.at(pointer).asString();
        }
    }

    Reply call(String method, String path, @Nullable Object body, String... headers) throws Exception {
        String text = body == null ? "" : body instanceof String raw ? raw : JSON.writeValueAsString(body);
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Reply(response.statusCode(), JSON.readTree(json ? response.body() : "{}"), response);
    }

    String newConversation() throws Exception {
        return call("POST", "/conversations", Map.of()).at("/id");
    }

    Events ask(String conversation, String question) throws Exception {
        return events("POST", "/conversations/" + conversation + "/messages", Map.of("content", question), null);
    }

    Events resume(String conversation, String message, @Nullable String after) throws Exception {
        return events("GET", "/conversations/" + conversation + "/messages/" + message + "/events", null, after);
    }

    Events events(String method, String path, @Nullable Object body, @Nullable String after) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header("Accept-Encoding", "gzip")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        return new Events(client.send(request.build(), BodyHandlers.ofInputStream()));
    }

    record Event(String id, String name, JsonNode data) {
        /** What the deltas among them say together. */
        static String text(List<Event> events) {
            return events.stream()
                    .filter(event -> event.name().equals("delta"))
                    .map(event -> event.data().at("/text").asString())
                    .collect(Collectors.joining());
        }
    }

    /** A stream that is read event by event. */
    static final class Events implements AutoCloseable {
        final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Events(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next event; null at the end. */
        @Nullable Event next() throws IOException {
            String id = "";
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !name.isEmpty()) {
                    return new Event(id, name, JSON.readTree(data));
                }
                id = line.startsWith("id: ") ? line.substring(4) : id;
                name = line.startsWith("event: ") ? line.substring(7) : name;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
            return null;
        }

        Event until(String name) throws IOException {
            for (Event event = next(); event != null; event = next()) {
                if (event.name().equals(name)) {
                    return event;
                }
            }
            throw new AssertionError("The stream ended without " + name);
        }

        List<Event> rest() throws IOException {
            List<Event> events = new ArrayList<>();
            for (Event event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
