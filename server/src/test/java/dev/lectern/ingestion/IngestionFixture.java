package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.audit.AuditLog;
import dev.lectern.ingestion.parsing.DocumentParser;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.Documents;
import dev.lectern.library.EmbedderIndexRegistry;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.consistency.Reconciler;
import dev.lectern.models.Embedder;
import dev.lectern.models.decorators.ActiveEmbedderProxy;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.SecretReplacer;
import dev.lectern.security.TestAccess;
import dev.lectern.security.TestSecrets;
import dev.lectern.security.WritableCollection;
import dev.lectern.shared.ActiveEmbedderLookup;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Library and ingestion on a real database, with an index, an embedder and a parser of the test's own. */
public final class IngestionFixture implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(60);

    public final ConfigurableApplicationContext context;
    public final JobService jobs;
    public final SourceService sources;
    public final Documents documents;
    public final Passages passages;
    public final LibraryCollections collections;

    private IngestionFixture(ConfigurableApplicationContext context) {
        this.context = context;
        this.jobs = context.getBean(JobService.class);
        this.sources = context.getBean(SourceService.class);
        this.documents = context.getBean(Documents.class);
        this.passages = context.getBean(Passages.class);
        this.collections = context.getBean(LibraryCollections.class);
    }

    public static IngestionFixture open(
            Path data, EmbedderIndexRegistry indexes, Embedder embedder, DocumentParser parser, String... properties) {
        return open(
                data, Optional.of(indexes), new TestEmbedders("test", embedder), parser, TestAccess.OPEN, properties);
    }

    /** With embedders that the library can be moved between. */
    public static IngestionFixture open(
            Path data,
            EmbedderIndexRegistry indexes,
            TestEmbedders embedders,
            DocumentParser parser,
            String... properties) {
        return open(data, Optional.of(indexes), embedders, parser, TestAccess.OPEN, properties);
    }

    /** With the real index in the data folder. */
    public static IngestionFixture openWithLucene(
            Path data, Embedder embedder, DocumentParser parser, String... properties) {
        return open(data, Optional.empty(), new TestEmbedders("test", embedder), parser, TestAccess.OPEN, properties);
    }

    /** With a policy that may deny access. */
    public static IngestionFixture openWithPolicy(
            Path data,
            EmbedderIndexRegistry indexes,
            Embedder embedder,
            CollectionAccessPolicy policy,
            String... properties) {
        return open(
                data, Optional.of(indexes), new TestEmbedders("test", embedder), new LineParser(), policy, properties);
    }

    private static IngestionFixture open(
            Path data,
            Optional<EmbedderIndexRegistry> indexes,
            TestEmbedders embedders,
            DocumentParser parser,
            CollectionAccessPolicy policy,
            String... properties) {
        List<String> all = new ArrayList<>(List.of("--lectern.data=" + data, "--logging.level.root=warn"));
        // Pauses that tests would wait for, unless they set them themselves.
        all.add("--lectern.ingestion.first-back-off=20ms");
        all.add("--lectern.ingestion.batch-time=50ms");
        for (String property : properties) {
            all.removeIf(other -> other.startsWith("--" + property.substring(0, property.indexOf('=') + 1)));
            all.add("--" + property);
        }
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.NONE)
                .initializers(before -> {
                    GenericApplicationContext beans = (GenericApplicationContext) before;
                    Clock clock = Clock.systemUTC();
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean(IdGenerator.class, () -> new IdGenerator(clock, new SecureRandom()));
                    beans.registerBean(
                            "applicationExecutor",
                            ExecutorService.class,
                            () -> TaskThreads.newVirtualThreadExecutor("task-"),
                            bean -> bean.setDestroyMethodName("close"));
                    indexes.ifPresent(
                            present -> beans.registerBean("testIndexes", EmbedderIndexRegistry.class, () -> present));
                    beans.registerBean(CollectionAccess.class, () -> new CollectionAccess(policy));
                    beans.registerBean(TestSecrets.class, () -> new TestSecrets(data, beans.getBean(JdbcClient.class)));
                    beans.registerBean(
                            SecretReplacer.class,
                            () -> beans.getBean(TestSecrets.class)
                                    .replacer(
                                            beans.getBean(TransactionTemplate.class), beans.getBean(AuditLog.class)));
                    beans.registerBean(TestEmbedders.class, () -> embedders);
                    beans.registerBean(
                            Embedder.class,
                            () -> new ActiveEmbedderProxy(
                                    embedders,
                                    () -> beans.getBean(ActiveEmbedderLookup.class)
                                            .findActive()),
                            bean -> bean.setDestroyMethodName(""));
                    beans.registerBean(DocumentParser.class, () -> parser, bean -> bean.setDestroyMethodName(""));
                })
                .run(all.toArray(String[]::new));
        return new IngestionFixture(context);
    }

    @ImportAutoConfiguration({
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @ConfigurationPropertiesScan({
        "dev.lectern.storage",
        "dev.lectern.audit",
        "dev.lectern.index",
        "dev.lectern.library",
        "dev.lectern.ingestion"
    })
    @ComponentScan(
            basePackages = {
                "dev.lectern.storage",
                "dev.lectern.audit",
                "dev.lectern.index",
                "dev.lectern.library",
                "dev.lectern.ingestion"
            },
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(web|parsing)\\..*"))
    static class Wiring {}

    public Job scan(Path folder) throws InterruptedException {
        Source source = sources.addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT);
        return await(sources.scan(TestAccess.OPERATOR, source.id(), false));
    }

    public Job await(JobId job) throws InterruptedException {
        return jobs.await(TestAccess.OPERATOR, job, SOON);
    }

    /** All collections. */
    public ReadableCollections readable() {
        return collections.readableBy(TestAccess.OPERATOR);
    }

    /** The permission to change the default collection. */
    public WritableCollection writable() {
        return collections.writableBy(TestAccess.OPERATOR, CollectionId.DEFAULT);
    }

    public Optional<Document> find(DocumentId document) {
        return documents.find(document, readable());
    }

    public long generation(CollectionId collection) {
        return Objects.requireNonNull(collections.generations(readable()).get(collection));
    }

    /** By title. */
    public List<Document> all() {
        return documents
                .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, null, null, 200))
                .items()
                .stream()
                // One that is deleted meanwhile is gone.
                .flatMap(document -> find(document.id()).stream())
                .sorted(Comparator.comparing(Document::title))
                .toList();
    }

    public Document titled(String title) {
        return all().stream()
                .filter(document -> document.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No document " + title + " in " + all()));
    }

    public List<String> texts(Document document) {
        return passages.ofDocument(document.id(), readable()).stream()
                .map(Passage::text)
                .toList();
    }

    public Reconciler.Report drift() {
        return context.getBean(Reconciler.class).compare(TestAccess.OPERATOR);
    }

    /** What was shown is in the index at once; what it replaces goes a moment later. */
    public void awaitAgreement() {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(drift()).matches(Reconciler.Report::agrees));
    }

    @Override
    public void close() {
        context.close();
    }
}
