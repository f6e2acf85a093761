package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestRun;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.consistency.LibraryMaintenance;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at moments of chance while it ingests, with the real index; {@code bench}'s CrashRecoveryCheck does it to the whole server, fifty times. */
@NeedsServer
@OnEveryDatabase
class IngestionKillTest {
    private static final int ROUNDS = TestRun.repetitions(3, 40);
    private static final int DOCUMENTS = 60;
    /** What a kill may cost: the texts of the calls that were under way, of every document at work. */
    private static final int LOST_AT_MOST = 12 * 2 * 16;

    @TempDir
    Path temporary;

    private final DatabaseEngine databaseEngine;

    IngestionKillTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @Test
    void ingestion_killedAgainAndAgain_losesAndRepeatsNothing() throws Exception {
        Path folder = documents();
        Path data = temporary.resolve("data");
        try (TestDatabase database = databaseEngine.open(data)) {
            kill(folder, data, database.settings("lectern.database.node-lease=2s"));
        }
    }

    private void kill(Path folder, Path data, String[] settings) throws Exception {
        Path log = temporary.resolve("embedded.log");
        Random chance = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Process process = start(data, folder, log, settings);
            awaitFile(data.resolve("lock"), process);
            Thread.sleep(1_500 + chance.nextInt(2_500));
            process.destroyForcibly().waitFor();
            Files.writeString(folder.resolve("edited.txt"), "Edited in round " + round + ".");
        }
        try (IngestionFixture ingestionFixture =
                IngestionFixture.openWithLucene(data, new CountingEmbedder("counting"), new LineParser(), settings)) {
            Job job = ingestionFixture.scan(folder);
            assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON.multipliedBy(4)))
                    .isTrue();
            assertThat(job.status()).isEqualTo(JobStatus.DONE);
            assertThat(ingestionFixture.all()).hasSize(DOCUMENTS + 1);
            assertThat(ingestionFixture.documents.counts().get(DocumentStatus.DONE))
                    .isEqualTo(DOCUMENTS + 1);
            assertThat(ingestionFixture.texts(ingestionFixture.titled("edited.txt")))
                    .containsExactly("Edited in round " + (ROUNDS - 1) + ".");
            ingestionFixture.context.getBean(LibraryMaintenance.class).cleanUp();
            ingestionFixture.awaitAgreement();
        }
        List<String> embedded = Files.exists(log) ? Files.readAllLines(log) : List.of();
        Set<String> distinct = new HashSet<>(embedded);
        assertThat(embedded.size() - distinct.size()).isLessThanOrEqualTo(ROUNDS * LOST_AT_MOST);
    }

    /** The kill comes when some of the passages are embedded, and before the last. */
    @Test
    void ingestion_killedInTheMiddleOfALargeDocument_embedsAgainOnlyWhatWasUnderWay() throws Exception {
        int passages = 600;
        Path folder = Files.createDirectories(temporary.resolve("folder"));
        Files.write(
                folder.resolve("large.txt"),
                IntStream.range(0, passages)
                        .mapToObj(i -> ("word" + i + " ").repeat(50).strip() + ".")
                        .toList());
        Path data = temporary.resolve("data");
        Path log = temporary.resolve("embedded.log");
        try (TestDatabase database = databaseEngine.open(data)) {
            String[] settings = database.settings("lectern.database.node-lease=2s");
            for (int round = 1; round <= 2; round++) {
                Process process = start(data, folder, log, settings);
                awaitLines(log, round * 100, process);
                process.destroyForcibly().waitFor();
            }
            assertThat(Files.readAllLines(log)).hasSizeLessThan(passages);
            try (IngestionFixture ingestionFixture =
                    IngestionFixture.openWithLucene(data, logging(log), new LineParser(), settings)) {
                assertThat(ingestionFixture.scan(folder).status()).isEqualTo(JobStatus.DONE);
                assertThat(ingestionFixture.jobs.awaitIdle(IngestionFixture.SOON.multipliedBy(4)))
                        .isTrue();
                assertThat(ingestionFixture.titled("large.txt").passages()).isEqualTo(passages);
            }
        }
        List<String> embedded = Files.readAllLines(log);
        assertThat(new HashSet<>(embedded)).hasSize(passages);
        assertThat(embedded.size() - passages).isLessThanOrEqualTo(2 * 2 * 16);
    }

    private static CountingEmbedder logging(Path log) {
        return IngestionProcess.logging(log, 0);
    }

    private static void awaitLines(Path log, int lines, Process process) {
        Awaitility.await()
                .atMost(IngestionFixture.SOON)
                .until(() -> !process.isAlive()
                        || (Files.exists(log) && Files.readAllLines(log).size() >= lines));
        assertThat(process.isAlive()).isTrue();
    }

    private Path documents() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("folder"));
        for (int i = 0; i < DOCUMENTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = 0; part < 8; part++) {
                text.append("# Part ").append(part).append(" of ").append(i).append('\n');
                text.append(("Sentence " + i + "/" + part + " is here. ").repeat(12))
                        .append('\n');
            }
            Files.writeString(folder.resolve(i + ".txt"), text);
        }
        return folder;
    }

    private static Process start(Path data, Path folder, Path log, String[] settings) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                IngestionProcess.class.getName(),
                data.toString(),
                folder.toString(),
                log.toString()));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        for (int i = 0; i < 600 && !Files.exists(file) && process.isAlive(); i++) {
            Thread.sleep(100);
        }
        assertThat(file).exists();
    }
}
