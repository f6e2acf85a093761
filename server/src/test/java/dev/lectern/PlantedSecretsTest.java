package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.cli.Main;
import dev.lectern.models.remote.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets in settings, files, addresses, headers, cookies and bodies of a real process, lets services refuse its keys and repeat them, and looks for
 * the secrets in everything that the process writes and answers: its log at TRACE, problems, metrics, health, page and the output of {@code doctor}.
 */
@NeedsServer
@Timeout(240)
class PlantedSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where each secret is. */
    private final Map<String, String> planted = new LinkedHashMap<>();

    /** What the program wrote or answered, by name. */
    private final Map<String, String> outputs = new LinkedHashMap<>();

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void secret_ofEveryKind_isFoundNowhere() throws Exception {
        try (ScriptedServer models = new ScriptedServer((n, out) -> refuse(n, out));
                ScriptedServer redis = new ScriptedServer((_, out) -> ScriptedServer.write(
                        out, "-WRONGPASS invalid password " + planted.get("setting LECTERN_REDIS_URL_FILE") + "\r\n"));
                HttpClient http = HttpClient.newHttpClient()) {
            Path data = Files.createDirectory(folder.resolve("data"));
            Files.writeString(data.resolve("key"), plant("operator key") + "\n");
            Process server =
                    start("server", settings(models, redis), "serve", "--port", "0", "--data", data.toString());
            Process doctor = start(
                    "doctor",
                    settingsOfServices(models),
                    "doctor",
                    "--online",
                    "--data",
                    folder.resolve("none").toString());
            Process refused = start(
                    "refused start",
                    Map.of(
                            "LECTERN_DATABASE_URL",
                            "postgresql://anna:" + plant("password in LECTERN_DATABASE_URL of a start")
                                    + "@127.0.0.1:1/lectern",
                            "LECTERN_REDIS_URL",
                            "http://anna:" + plant("password in an invalid LECTERN_REDIS_URL") + "@127.0.0.1:1"),
                    "serve",
                    "--data",
                    folder.resolve("other").toString());
            await().atMost(PATIENCE).until(() -> Files.exists(data.resolve("server")) || !server.isAlive());
            assertThat(server.isAlive()).as(read("server")).isTrue();
            URI address = URI.create(Files.readAllLines(data.resolve("server")).getFirst());
            useServer(http, address);
            assertThat(models.requests().toString()).contains(planted.get("setting LECTERN_OPENAI_API_KEY_FILE"));
            server.destroy();
            for (Process process : processes) {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
            assertThat(doctor.exitValue()).as(read("doctor")).isEqualTo(1);
            assertThat(refused.exitValue()).as(read("refused start")).isNotZero();
            plantSigningKeys(data);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        for (String process : List.of("server", "doctor", "refused start")) {
            outputs.put(process, read(process));
        }
        assertThat(outputs.get("server"))
                .as("the log is complete")
                .contains("TRACE", "DEBUG")
                .contains("can be read by every user of this machine");
        assertThat(planted).hasSizeGreaterThanOrEqualTo(40);
        assertThat(find(planted, outputs)).isEmpty();
        assertScannerFindsEverySecret();
    }

    private void assertScannerFindsEverySecret() {
        planted.forEach((place, secret) -> forms(secret)
                .forEach(form -> outputs.forEach((name, text) -> {
                    int middle = text.length() / 2;
                    String leaking = text.substring(0, middle) + form + text.substring(middle);
                    assertThat(find(Map.of(place, secret), Map.of(name, leaking)))
                            .as(form)
                            .hasSize(1);
                })));
    }

    private static List<String> find(Map<String, String> secrets, Map<String, String> texts) {
        List<String> found = new ArrayList<>();
        secrets.forEach((place, secret) -> texts.forEach((name, text) -> {
            for (String form : forms(secret)) {
                int at = text.indexOf(form);
                if (at >= 0) {
                    int begin = Math.max(0, text.lastIndexOf('\n', at));
                    found.add(place + " is in " + name + ": "
                            + text.substring(Math.max(begin, at - 200), Math.min(text.length(), at + 60)));
                    return;
                }
            }
        }));
        return found;
    }

    /** As it is, and without its first or last letters, as in a part of a buffer. */
    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return List.of(secret.substring(0, 12), secret.substring(secret.length() - 12), hex, base64);
    }

    /** A new secret. */
    private String plant(String place) {
        String secret = "sk" + UUID.randomUUID().toString().replace("-", "");
        assertThat(planted.putIfAbsent(place, secret)).as(place).isNull();
        return secret;
    }

    private void refuse(int n, OutputStream out) throws IOException {
        String keys = planted.get("setting LECTERN_OPENAI_API_KEY_FILE") + " "
                + planted.get("setting LECTERN_GEMINI_API_KEY");
        int status = List.of(401, 403, 400, 302, 500).get(n % 5);
        String body = "{\"error\":{\"message\":\"Incorrect API key " + keys + " "
                + planted.get("body of a model service") + "\",\"code\":\"x\"}}";
        ScriptedServer.write(
                out,
                "HTTP/1.1 " + status + " Refused\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Location: http://127.0.0.1:1/?token=" + planted.get("redirect of a model service") + "\r\n"
                        + "Set-Cookie: s=" + planted.get("cookie of a model service") + "\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private Map<String, String> settings(ScriptedServer models, ScriptedServer redis) throws Exception {
        plant("body of a model service");
        plant("redirect of a model service");
        plant("cookie of a model service");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("LOGGING_LEVEL_ROOT", "TRACE");
        settings.put("LOGGING_LEVEL_DEV_LECTERN", "TRACE");
        settings.put("LECTERN_CHAT_MODEL", "openai:small,gemini:flash,extractive");
        settings.put("LECTERN_MODELS_ATTEMPTS", "1");
        settings.put("LECTERN_OPENAI_BASE_URL", models.uri("/v1").toString());
        settings.put("LECTERN_GEMINI_BASE_URL", models.uri("/v1beta").toString());
        settings.put("LECTERN_GEMINI_API_KEY", plant("setting LECTERN_GEMINI_API_KEY"));
        putFile(settings, "LECTERN_OPENAI_API_KEY_FILE", "%s", "rw-r--r--");
        putFile(
                settings,
                "LECTERN_REDIS_URL_FILE",
                "redis://anna:%s@127.0.0.1:" + redis.uri("/").getPort(),
                "rw-------");
        putFile(settings, "LECTERN_ORIGINALS_SECRET_KEY_FILE", "%s", "rw-------");
        putFile(settings, "LECTERN_ORIGINALS_ACCESS_KEY_FILE", "%s", "rw-------");
        return settings;
    }

    /** Every service is there and refuses the key, or is not there. */
    private Map<String, String> settingsOfServices(ScriptedServer models) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        String own = "of doctor: ";
        settings.put("LECTERN_CHAT_MODEL", "openai:small,gemini:flash");
        settings.put("LECTERN_OPENAI_BASE_URL", models.uri("/v1").toString());
        settings.put("LECTERN_GEMINI_BASE_URL", models.uri("/v1beta").toString());
        settings.put("LECTERN_OPENAI_API_KEY", plant(own + "LECTERN_OPENAI_API_KEY"));
        settings.put("LECTERN_GEMINI_API_KEY", plant(own + "LECTERN_GEMINI_API_KEY"));
        settings.put("LECTERN_DATABASE_PASSWORD", plant(own + "LECTERN_DATABASE_PASSWORD"));
        putFile(
                settings,
                "LECTERN_DATABASE_URL_FILE",
                "postgresql://anna:%s@127.0.0.1:" + models.uri("/").getPort() + "/lectern",
                "rw-------");
        putFile(settings, "LECTERN_QDRANT_API_KEY_FILE", "%s", "rw-------");
        settings.put("LECTERN_QDRANT_URL", models.uri("").toString());
        settings.put("LECTERN_ORIGINALS_BUCKET", "papers");
        settings.put("LECTERN_ORIGINALS_ENDPOINT", models.uri("").toString());
        settings.put("LECTERN_ORIGINALS_ACCESS_KEY", plant(own + "LECTERN_ORIGINALS_ACCESS_KEY"));
        settings.put("LECTERN_ORIGINALS_SECRET_KEY", plant(own + "LECTERN_ORIGINALS_SECRET_KEY"));
        settings.put("LECTERN_REDIS_URL", "redis://anna:" + plant(own + "LECTERN_REDIS_URL") + "@127.0.0.1:1/0");
        return settings;
    }

    private void putFile(Map<String, String> settings, String variable, String form, String permissions)
            throws Exception {
        Path file = folder.resolve(variable);
        Files.writeString(file, form.formatted(plant("setting " + variable)) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        settings.put(variable, file.toString());
    }

    private Process start(String name, Map<String, String> settings, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name).toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("LECTERN_"));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        builder.environment().putAll(settings);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String read(String process) throws Exception {
        return Files.readString(folder.resolve(process));
    }

    /** Asks for every kind of output, with secrets in every part of a request. */
    private void useServer(HttpClient http, URI address) throws Exception {
        upload(http, address);
        String key = planted.get("operator key");
        for (String ignored : List.of("models refuse", "again, as the circuit opens")) {
            send(http, post(address, "/api/v1/ask", "{\"question\":\"When was the lighthouse built?\"}"));
        }
        HttpResponse<String> page = send(http, get(address, "/").header("Accept", "text/html"));
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        // The part before the signature is the id of the visitor, which is no secret.
        planted.put("signature of a cookie", cookie.substring(cookie.lastIndexOf('.') + 1));
        send(http, get(address, "/api/v1/conversations").header("Cookie", cookie));
        send(http, get(address, "/api/v1/library/drift").header("Authorization", "Bearer " + key));
        send(http, get(address, "/api/v1/collections").header("Authorization", "Bearer " + plant("wrong bearer")));
        send(http, get(address, "/api/v1/collections").header("Authorization", "Basic " + plant("basic")));
        send(http, get(address, "/api/v1/collections").header("Authorization", plant("scheme of Authorization")));
        send(http, get(address, "/api/v1/collections").header("Proxy-Authorization", "Basic " + plant("proxy")));
        send(http, get(address, "/api/v1/collections").header("X-Api-Key", plant("X-Api-Key")));
        send(http, get(address, "/api/v1/collections").header("Cookie", "session=" + plant("foreign cookie")));
        send(
                http,
                get(address, "/api/v1/conversations")
                        .header("Cookie", "lectern_visitor_" + address.getPort() + "=" + plant("forged cookie")));
        send(http, get(address, "/api/v1/collections?api_key=" + plant("query api_key") + "&limit=x"));
        send(http, get(address, "/api/v1/collections?limit=0&token=" + plant("query token")));
        send(http, get(address, "/api/v1/nothing?password=" + plant("query password")));
        send(http, get(address, "/api/v1/collections?cursor=" + plant("cursor")));
        send(http, get(address, "/api/v1/documents/" + plant("path") + "/text"));
        send(http, get(address, "/" + plant("path of the page")).header("Accept", "text/html"));
        send(http, get(address, "/api/v1/collections").header("Referer", "https://a:" + plant("Referer") + "@b/"));
        send(http, post(address, "/api/v1/ask", "{\"question\":\"a\",\"key\":\"" + plant("unknown field") + "\"}"));
        send(http, post(address, "/api/v1/ask", "{\"question\":" + plant("malformed body") + "}"));
        send(http, post(address, "/api/v1/ask", "{\"question\":\"a\",\"stream\":\"" + plant("wrong type") + "\"}"));
        send(http, post(address, "/api/v1/search", "{\"query\":\"a\",\"limit\":\"" + plant("number") + "\"}"));
        send(http, post(address, "/api/v1/ask", "{}").header("Origin", "https://a:" + plant("Origin") + "@b.example"));
        send(http, post(address, "/api/v1/ask", "{}").header("Idempotency-Key", plant("Idempotency-Key")));
        send(http, get(address, "/api/v1/jobs/x/events").header("Last-Event-ID", plant("Last-Event-ID")));
        send(http, get(address, "/api/v1/collections").header("Accept", "text/" + plant("Accept")));
        send(
                http,
                HttpRequest.newBuilder(address.resolve("/api/v1/ask"))
                        .header("Content-Type", "application/" + plant("Content-Type"))
                        .POST(BodyPublishers.ofString("{}")));
        send(
                http,
                post(
                                address,
                                "/api/v1/collections/default/sources",
                                "{\"kind\":\"folder\",\"path\":\"https://anna:" + plant("address of a source")
                                        + "@127.0.0.1/x\"}")
                        .header("Authorization", "Bearer " + key));
        for (String path :
                List.of("/health", "/health/ready", "/metrics", "/docs", "/openapi.json", "/api/v1/embedder")) {
            send(http, get(address, path));
        }
    }

    private void upload(HttpClient http, URI address) throws Exception {
        String text = "The lighthouse was built in 1886. The harbour closes at nine.";
        String body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"harbour.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\n" + text + "\r\n--b\r\nContent-Disposition: form-data; name=\""
                + plant("name of a part") + "\"\r\n\r\n" + plant("part of a form") + "\r\n--b--\r\n";
        send(
                http,
                HttpRequest.newBuilder(address.resolve("/api/v1/collections/default/documents"))
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(body)));
        await().atMost(PATIENCE)
                .until(() -> http.send(
                                post(address, "/api/v1/search", "{\"query\":\"lighthouse\"}")
                                        .build(),
                                BodyHandlers.ofString())
                        .body()
                        .contains("1886"));
    }

    private static HttpRequest.Builder get(URI address, String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private static HttpRequest.Builder post(URI address, String path, String json) {
        return get(address, path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private HttpResponse<String> send(HttpClient http, HttpRequest.Builder builder) throws Exception {
        HttpRequest request = builder.timeout(PATIENCE).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        StringBuilder output = new StringBuilder(response.statusCode() + "\n");
        response.headers().map().forEach((name, values) -> {
            // The cookie of a visitor is for that visitor.
            if (!name.equalsIgnoreCase("Set-Cookie")) {
                output.append(name).append(": ").append(values).append('\n');
            }
        });
        String name = request.method() + " " + request.uri().getPath() + " " + outputs.size();
        outputs.put(name, output.append(response.body()).toString());
        assertThat(response.statusCode()).as(name).isLessThan(500);
        return response;
    }

    /** The keys that cookies are signed with. */
    private void plantSigningKeys(Path data) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("lectern.db"));
                Statement statement = database.createStatement();
                ResultSet keys = statement.executeQuery("SELECT name, secret FROM signing_keys")) {
            while (keys.next()) {
                planted.put("signing key " + keys.getString("name"), keys.getString("secret"));
            }
        }
        assertThat(planted).containsKey("signing key visitor");
    }
}
