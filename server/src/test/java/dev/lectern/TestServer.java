package dev.lectern;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole application on a random port with a temporary data folder, which is deleted on close. */
public final class TestServer implements AutoCloseable {
    public static final BodyPublisher NO_BODY = BodyPublishers.noBody();

    private final Path folder;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestServer(Path folder, ConfigurableApplicationContext context) {
        this.folder = folder;
        this.context = context;
    }

    /** Starts it, with controllers of the test beside the application's own. */
    public static TestServer start(Class<?>... beside) throws IOException {
        return start(List.of(), beside);
    }

    /**
     * Starts it.
     *
     * @param settings as {@code key=value}
     */
    public static TestServer start(List<String> settings, Class<?>... beside) throws IOException {
        return start(Files.createTempDirectory("lectern-test"), settings, beside);
    }

    /**
     * Starts it on a data folder that is there.
     *
     * @param folder deleted when the server is closed
     * @param settings as {@code key=value}
     */
    public static TestServer start(Path folder, List<String> settings, Class<?>... beside) {
        TestRun.requireServers("The whole program");
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--lectern.data=" + folder));
        settings.forEach(setting -> arguments.add("--" + setting));
        Class<?>[] sources = Stream.concat(Stream.of(LecternApplication.class), Stream.of(beside))
                .toArray(Class<?>[]::new);
        return new TestServer(folder, new SpringApplicationBuilder(sources).run(arguments.toArray(String[]::new)));
    }

    public static BodyPublisher body(String text) {
        return BodyPublishers.ofString(text);
    }

    public static BodyPublisher body(byte[] bytes) {
        return BodyPublishers.ofByteArray(bytes);
    }

    /** A body whose length is not announced. */
    public static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    public Path folder() {
        return folder;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** By name. */
    public <T> Map<String, T> beans(Class<T> type) {
        return context.getBeansOfType(type);
    }

    /** The server below the servlets. */
    public WebServer webServer() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path));
    }

    /** A request as it comes from another machine: on this one, visitors of an open server are administrators. */
    public HttpRequest.Builder remoteRequest(String path) {
        return request(path).header("X-Forwarded-For", "192.0.2.1");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(body(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The cookie of a new visitor, as it is sent back. */
    public String newCookie(String path) throws IOException, InterruptedException {
        String set = get(path).headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        context.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
