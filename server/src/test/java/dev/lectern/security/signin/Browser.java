package dev.lectern.security.signin;

import dev.lectern.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser: keeps cookies, and sends the CSRF token that it got last. */
public final class Browser {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String csrfToken = "";

    public Browser(TestServer server) {
        this.server = server;
    }

    /** Sends a header with each request from now on. */
    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    /** The value of the cookie whose name begins like this; empty without one. */
    public String cookie(String name) {
        return cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    public void forgetCsrfToken() {
        csrfToken = "";
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Sends JSON, in which ' stands for ". */
    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = server.request("/api/v1" + path);
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (!csrfToken.isEmpty()) {
            request.header("X-CSRF-Token", csrfToken);
        }
        if (body.isEmpty()) {
            request.method(method, TestServer.NO_BODY);
        } else {
            request.header("Content-Type", "application/json").method(method, TestServer.body(body.replace('\'', '"')));
        }
        HttpResponse<String> response = server.send(request);
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        if (path.startsWith("/session") || path.startsWith("/setup")) {
            String token = response.body().startsWith("{")
                    ? json(response).path("csrfToken").asString("")
                    : "";
            csrfToken = token.isEmpty() ? csrfToken : token;
        }
        return response;
    }

    public HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return send("POST", "/session", "{'name':'" + name + "','password':'" + password + "'}");
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private void keep(String set) {
        int equals = set.indexOf('=');
        String name = set.substring(0, equals);
        String value = set.substring(equals + 1, set.indexOf(';'));
        if (value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }
}
