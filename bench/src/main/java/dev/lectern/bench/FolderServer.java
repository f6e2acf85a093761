package dev.lectern.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a separate process that has ingested a folder, with questions about its documents. */
final class FolderServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Pattern SENTENCE = Pattern.compile("[A-Z][A-Za-z ,'-]{40,160}\\.");
    private static final Pattern TEXT_FILE = Pattern.compile("\\.(md|txt)$");
    private static final int WORDS = 8;

    private final Process process;
    private final BenchmarkHttpClient http;
    private final List<String> sentences = new ArrayList<>();
    private final Random random = new Random(5);
    private int asked;

    private FolderServer(Process process, URI address, Path folder) throws IOException {
        this.process = process;
        this.http = new BenchmarkHttpClient(address);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(FolderServer::isText).sorted().toList()) {
                SENTENCE.matcher(Files.readString(file).replaceAll("\\s+", " "))
                        .results()
                        .forEach(found -> sentences.add(found.group()));
            }
        }
    }

    /** Questions are made of sentences, which pictures and the like do not have. */
    private static boolean isText(Path file) {
        return Files.isRegularFile(file) && TEXT_FILE.matcher(file.toString()).find();
    }

    /** @param environment of the server, beside this process's own */
    static FolderServer start(Path folder, Map<String, String> environment) throws Exception {
        Path work = Files.createTempDirectory("lectern-bench");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        "./lectern",
                        "serve",
                        folder.toString(),
                        "--port",
                        Integer.toString(port),
                        "--data",
                        work.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log").toFile());
        builder.environment().put("LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES", "127.0.0.0/8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            FolderServer served = new FolderServer(process, URI.create("http://127.0.0.1:" + port), folder);
            served.awaitRead(work.resolve("log"));
            return served;
        } catch (Exception e) {
            process.destroy();
            throw e;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    BenchmarkHttpClient http() {
        return http;
    }

    /** One that nobody has asked before, with some words of a sentence that is there. */
    synchronized String newQuestion() {
        String[] words = sentences.get(random.nextInt(sentences.size())).split(" ", -1);
        int from = random.nextInt(Math.max(1, words.length - WORDS));
        String some = String.join(" ", List.of(words).subList(from, Math.min(words.length, from + WORDS)));
        return "What is said about \\\"" + some.replace('"', ' ') + "\\\" in place " + ++asked + "?";
    }

    private void awaitRead(Path log) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isRead()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("The server did not read the folder; see " + log);
            }
            Thread.sleep(500);
        }
    }

    private boolean isRead() {
        try {
            String jobs = http.get("/api/v1/jobs").body();
            return jobs.contains("\"status\":\"done\"")
                    && !jobs.contains("\"queued\"")
                    && !jobs.contains("\"running\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
        process.destroy();
        process.onExit().join();
    }
}
