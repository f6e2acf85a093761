package dev.lectern.bench;

import dev.lectern.LecternApplication;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.Documents;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Sha256;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Kills the server at random moments during ingestion and checks the consistency of ledger, index and originals after every few kills and at the end:
 * {@code CrashRecoveryCheck DIR [--rounds N] [--seconds S] [--seed X]}. A round copies some files of DIR into the served folder, edits one and deletes one, lets the
 * server work for up to S seconds and kills it. The exit status is 1 when anything is lost, duplicated or inconsistent.
 */
public final class CrashRecoveryCheck {
    private static final Caller OPERATOR = new Caller.Operator("operator");
    private static final int FILES_A_ROUND = 8;
    private static final int COMPARE_EVERY = 10;
    private static final Duration TO_FINISH = Duration.ofMinutes(20);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Path work;
    private final Path served;
    private final Path data;
    private final List<Path> corpus;
    private final Random chance;
    private int next;

    private CrashRecoveryCheck(Path directory, long seed) throws IOException {
        this.work = Files.createTempDirectory("lectern-endurance");
        this.served = Files.createDirectories(work.resolve("served"));
        this.data = work.resolve("data");
        try (Stream<Path> files = Files.walk(directory)) {
            this.corpus = files.filter(Files::isRegularFile).sorted().toList();
        }
        this.chance = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        List<String> options = List.of(arguments);
        int rounds = option(options, "--rounds", 50);
        CrashRecoveryCheck crashRecoveryCheck =
                new CrashRecoveryCheck(Path.of(options.getFirst()), option(options, "--seed", 1));
        System.exit(crashRecoveryCheck.run(rounds, option(options, "--seconds", 6)) ? 0 : 1);
    }

    private static int option(List<String> options, String name, int otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(options.get(at + 1));
    }

    private boolean run(int rounds, int seconds) throws Exception {
        boolean fine = true;
        for (int round = 1; round <= rounds; round++) {
            change(round);
            Process server = start();
            awaitServing(server);
            long after = chance.nextLong(100, seconds * 1_000L);
            Thread.sleep(after);
            server.destroyForcibly().waitFor();
            out.printf("round %d: killed %d ms after it served%n", round, after);
            if (round % COMPARE_EVERY == 0 || round == rounds) {
                fine &= compare();
            }
        }
        out.println((fine ? "Nothing lost, nothing duplicated, everything consistent. " : "FAILED. ") + "Its folder: "
                + work);
        return fine;
    }

    private void change(int round) throws IOException {
        for (int i = 0; i < FILES_A_ROUND && next < corpus.size(); i++, next++) {
            Path file = corpus.get(next);
            Files.copy(file, served.resolve(next + "-" + file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(served.resolve("edited.txt"), "This sentence was written in round " + round + ".\n");
        if (round % 2 == 0) {
            Files.deleteIfExists(served.resolve("odd.txt"));
        } else {
            Files.writeString(served.resolve("odd.txt"), "This file is there in odd rounds only.\n");
        }
    }

    private Process start() throws IOException {
        Files.deleteIfExists(data.resolve("server"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.lectern.cli.Main",
                        "serve",
                        served.toString(),
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        work.resolve("server.log").toFile()))
                .start();
    }

    /** The file with the server's address is written when it answers. */
    private void awaitServing(Process server) throws InterruptedException {
        while (!Files.exists(data.resolve("server"))) {
            if (!server.isAlive()) {
                throw new IllegalStateException("The server did not start; see " + work.resolve("server.log"));
            }
            Thread.sleep(50);
        }
    }

    private boolean compare() throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplication(LecternApplication.class)
                .run("--lectern.data=" + data, "--lectern.port=0", "--logging.level.dev.lectern=error")) {
            SourceService sources = context.getBean(SourceService.class);
            sources.list(OPERATOR, CollectionId.DEFAULT).forEach(source -> sources.scan(OPERATOR, source.id(), false));
            boolean idle = context.getBean(JobService.class).awaitIdle(TO_FINISH);
            Map<DocumentStatus, Long> counts = context.getBean(Documents.class).counts();
            Reconciler.Report report = context.getBean(Reconciler.class).compare(OPERATOR);
            long files;
            try (Stream<Path> all = Files.list(served)) {
                files = all.map(CrashRecoveryCheck::hash).distinct().count();
            }
            long documents = counts.values().stream().mapToLong(Long::longValue).sum();
            out.printf(
                    "  %s, %d different files, %d documents %s, %s%n",
                    idle ? "idle" : "STILL RUNNING", files, documents, counts, report.agrees() ? "equal" : report);
            return idle && files == documents && report.agrees();
        }
    }

    private static String hash(Path file) {
        try {
            return Sha256.hex(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
