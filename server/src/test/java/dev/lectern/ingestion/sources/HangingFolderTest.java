package dev.lectern.ingestion.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.ingestion.Job;
import dev.lectern.ingestion.JobStatus;
import dev.lectern.ingestion.LineParser;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentStatus;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.observability.spi.HealthCheck.Health;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.JobId;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Folders whose file system does not answer, beside others that do. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class HangingFolderTest {
    private static final String NEVER = "1h";

    @TempDir
    Path temporary;

    private Path folder;
    private IngestionFixture ingestion;
    private FolderGate gate;

    /** Puts the gate between the program and the files. */
    @Configuration(proxyBeanMethods = false)
    static class GatedAccess {
        @Bean
        FolderGate gate() {
            return new FolderGate();
        }

        @Bean
        @Primary
        FolderAccess gatedAccess(IngestionProperties properties, InstantSource clock, FolderGate gate) {
            return new FolderAccess(properties.fileTime(), clock, gate);
        }
    }

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("share"));
    }

    @AfterEach
    void close() {
        gate.releaseAll();
        ingestion.close();
    }

    private void start(String fileTime) {
        ingestion = IngestionFixture.open(
                temporary.resolve("data"),
                new InMemoryIndexes(),
                new CountingEmbedder("counting"),
                new LineParser(),
                "lectern.ingestion.settle=1h",
                "lectern.ingestion.settle-limit=20s",
                "lectern.ingestion.file-time=" + fileTime,
                "spring.main.sources=" + GatedAccess.class.getName());
        gate = ingestion.context.getBean(FolderGate.class);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(text.hashCode())));
    }

    private Source add(Path path) {
        return ingestion.sources.addFolder(TestAccess.OPERATOR, path, CollectionId.DEFAULT);
    }

    private JobId request(Source source) {
        return ingestion.sources.scan(TestAccess.OPERATOR, source.id(), false);
    }

    private Job job(JobId job) {
        return ingestion.jobs.job(TestAccess.OPERATOR, job);
    }

    private void awaitHanging(Path path) {
        await().atMost(IngestionFixture.SOON).until(() -> gate.isHanging(path));
    }

    private void awaitText(String title, String text) {
        await().atMost(IngestionFixture.SOON)
                .until(() -> ingestion.all().stream()
                        .anyMatch(document -> document.title().equals(title)
                                && ingestion.texts(document).contains(text)));
    }

    private Health health() {
        return ingestion.context.getBeansOfType(HealthCheck.class).values().stream()
                .filter(check -> check.name().equals("ingestion"))
                .findFirst()
                .orElseThrow()
                .check();
    }

    private void awaitWarning(String... texts) {
        await().atMost(IngestionFixture.SOON).untilAsserted(() -> {
            assertThat(health().state()).isEqualTo(State.WARNING);
            assertThat(health().sentence()).contains(texts);
        });
    }

    private void awaitHealthy() {
        await().atMost(IngestionFixture.SOON)
                .untilAsserted(
                        () -> assertThat(health()).extracting(Health::state).isEqualTo(State.UP));
    }

    private Source find(Source source) {
        return ingestion
                .context
                .getBean(SourceRepository.class)
                .find(source.id())
                .orElseThrow();
    }

    @Test
    void stat_fileThatHangs_isGivenUp() throws Exception {
        start("1s");
        Path file = folder.resolve("a.txt");
        write(file, "Cats sleep.");
        Source source = add(folder);
        SourceConnector connector =
                ingestion.context.getBean(SourceConnectorRegistry.class).find(source);
        assertThat(connector.stat(source, "a.txt")).isNotNull();
        assertThat(connector.stat(source, "")).isNotNull();
        gate.hold(file);

        assertThatThrownBy(() -> connector.stat(source, "a.txt")).isInstanceOf(NotRespondingException.class);
    }

    @Test
    void scan_ofAFolderThatHangs_failsAndIsMadeUpForWhenItAnswers() throws Exception {
        start("1s");
        write(folder.resolve("a.txt"), "Cats sleep.");
        Source source = add(folder);
        assertThat(ingestion.await(request(source)).status()).isEqualTo(JobStatus.DONE);
        write(folder.resolve("b.txt"), "Dogs bark.");
        gate.hold(folder);

        Job failed = ingestion.await(request(source));

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.reasonCode()).isEqualTo("not_responding");
        assertThat(failed.reason()).startsWith("The folder share has not answered since ");
        assertThat(ingestion.texts(ingestion.titled("a.txt"))).containsExactly("Cats sleep.");
        awaitWarning("The folder share has not answered since ");
        await().atMost(IngestionFixture.SOON).until(() -> find(source).silence() != null);
        assertThat(Objects.requireNonNull(find(source).silence()).path()).isNull();

        gate.release(folder);
        awaitText("b.txt", "Dogs bark.");
        awaitHealthy();
        assertThat(find(source).silence()).isNull();
    }

    @Test
    void health_ofAFolderThatHangsWhileNothingIsRead_warns() throws Exception {
        start("1s");
        Source source = add(folder);
        ingestion.await(request(source));
        gate.hold(folder);
        awaitWarning("The folder share has not answered since ");
    }

    @Test
    void scan_ofOneFileThatHangs_readsTheOthers() throws Exception {
        start("1s");
        write(folder.resolve("a.txt"), "Cats sleep.");
        write(folder.resolve("b.txt"), "Dogs bark.");
        write(folder.resolve("c.txt"), "Birds sing.");
        Source source = add(folder);
        gate.holdReading(folder.resolve("b.txt"), 0);

        Job job = ingestion.await(request(source));

        assertThat(job.progress().done()).isEqualTo(2);
        Document hanging = ingestion.titled("b.txt");
        assertThat(hanging.status()).isEqualTo(DocumentStatus.FAILED);
        assertThat(hanging.reason()).startsWith("It has not answered since ");
        awaitWarning("The folder share", "b.txt", "has not answered since ");

        gate.releaseAll();
        awaitText("b.txt", "Dogs bark.");
        awaitHealthy();
    }

    @Test
    void scan_ofAChangedFileThatHangsInTheMiddle_keepsItsFormerText() throws Exception {
        start("1s");
        Path large = folder.resolve("a.txt");
        write(large, "Cats sleep.");
        Source source = add(folder);
        ingestion.await(request(source));
        write(large, "Cats hunt." + "\n".repeat(200_000));
        gate.holdReading(large, 1);

        ingestion.await(request(source));

        assertThat(ingestion.titled("a.txt").reason()).startsWith("It has not answered since ");
        assertThat(ingestion.texts(ingestion.titled("a.txt"))).containsExactly("Cats sleep.");
        gate.releaseAll();
        awaitText("a.txt", "Cats hunt.");
    }

    @Test
    void scan_ofASubfolderThatHangs_deletesNothingInIt() throws Exception {
        start("1s");
        write(folder.resolve("mounted/a.txt"), "Cats sleep.");
        Source source = add(folder);
        ingestion.await(request(source));
        write(folder.resolve("b.txt"), "Dogs bark.");
        gate.hold(folder.resolve("mounted"));

        Job job = ingestion.await(request(source));

        assertThat(job.status()).isEqualTo(JobStatus.DONE);
        assertThat(ingestion.all()).extracting(Document::title).containsExactly("a.txt", "b.txt");
        assertThat(ingestion.texts(ingestion.titled("a.txt"))).containsExactly("Cats sleep.");
        awaitWarning("The folder share", "mounted");
        assertThat(ingestion.context.getBean(SourceFindingRepository.class).count(source.id()))
                .containsEntry(SourceFinding.Kind.NOT_RESPONDING, 1L);
    }

    @Test
    void scan_besideManyFoldersThatHang_isCarriedOut() throws Exception {
        start(NEVER);
        List<JobId> hanging = new ArrayList<>();
        for (int i = 0; i < ScanWorker.AT_ONCE + 2; i++) {
            Path share = Files.createDirectories(temporary.toRealPath().resolve("share" + i));
            Source source = add(share);
            gate.hold(share);
            hanging.add(request(source));
            awaitHanging(share);
        }
        write(folder.resolve("a.txt"), "Cats sleep.");
        assertThat(ingestion.scan(folder).status()).isEqualTo(JobStatus.DONE);
        assertThat(hanging).allSatisfy(job -> assertThat(job(job).status()).isEqualTo(JobStatus.RUNNING));
    }

    @Test
    void cancel_ofAScanThatHangs_endsItAndTheNextOneIsCarriedOut() throws Exception {
        start(NEVER);
        write(folder.resolve("a.txt"), "Cats sleep.");
        Source source = add(folder);
        gate.hold(folder);
        JobId hanging = request(source);
        awaitHanging(folder);

        assertThat(ingestion.jobs.cancel(TestAccess.OPERATOR, hanging).status()).isEqualTo(JobStatus.CANCELLED);

        gate.release(folder);
        assertThat(ingestion.await(request(source)).status()).isEqualTo(JobStatus.DONE);
        awaitText("a.txt", "Cats sleep.");
        assertThat(job(hanging).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void remove_ofASourceThatHangs_endsItsScan() throws Exception {
        start(NEVER);
        write(folder.resolve("a.txt"), "Cats sleep.");
        Source source = add(folder);
        ingestion.await(request(source));
        gate.hold(folder);
        JobId hanging = request(source);
        awaitHanging(folder);

        ingestion.sources.remove(TestAccess.OPERATOR, source.id());

        assertThat(ingestion.all()).isEmpty();
        await().atMost(IngestionFixture.SOON).until(() -> job(hanging).status() == JobStatus.FAILED);
        assertThat(job(hanging).reasonCode()).isEqualTo("gone");
    }

    @Test
    void stop_whileAScanHangs_endsAndTheNextStartScansAgain() throws Exception {
        start(NEVER);
        write(folder.resolve("a.txt"), "Cats sleep.");
        Source source = add(folder);
        gate.hold(folder);
        JobId hanging = request(source);
        awaitHanging(folder);

        ingestion.close();
        gate.releaseAll();
        start("30s");

        assertThat(ingestion.await(hanging).status()).isEqualTo(JobStatus.DONE);
        awaitText("a.txt", "Cats sleep.");
    }

    @Test
    void addFolder_thatHangs_saysSo() {
        start("1s");
        gate.hold(folder);
        assertThatThrownBy(() -> add(folder))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("share has not answered since");
    }
}
