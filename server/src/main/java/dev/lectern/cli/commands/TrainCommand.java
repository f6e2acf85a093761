package dev.lectern.cli.commands;

import dev.lectern.cli.client.EmbeddedServer;
import dev.lectern.cli.client.ServerAddressFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The hidden command {@code train}: serves the requests of a first visitor from an empty folder and ends. The JDK's ahead-of-time cache is recorded from this run. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    private static final List<String> FIRST_CALLS = List.of(
            "/health/ready",
            "/",
            "/openapi.json",
            "/api/v1/collections",
            "/api/v1/collections/default/documents",
            "/api/v1/conversations",
            "/api/v1/nothing",
            "/metrics");

    private static final List<String> FIRST_QUESTIONS =
            List.of("/search", "{\"query\":\"anything\"}", "/ask", "{\"question\":\"anything?\"}");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lectern-train");
        Map<String, String> settings = new HashMap<>(EmbeddedServer.PRIVATE);
        settings.put("lectern.data", folder.toString());
        try (EmbeddedServer embeddedServer = EmbeddedServer.start(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            ServerAddressFile.write(folder, embeddedServer.address());
            for (String path : FIRST_CALLS) {
                URI address = embeddedServer.address().resolve(path);
                http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
            }
            for (int i = 0; i < FIRST_QUESTIONS.size(); i += 2) {
                URI address = embeddedServer.address().resolve("/api/v1" + FIRST_QUESTIONS.get(i));
                http.send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(FIRST_QUESTIONS.get(i + 1)))
                                .build(),
                        BodyHandlers.discarding());
            }
        } finally {
            delete(folder);
        }
        return ExitCode.OK;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
