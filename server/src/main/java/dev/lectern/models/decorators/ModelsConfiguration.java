package dev.lectern.models.decorators;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheFactory;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.models.Quoter;
import dev.lectern.models.RemoteModelName;
import dev.lectern.models.extractive.ExtractiveProperties;
import dev.lectern.models.extractive.SentenceQuoter;
import dev.lectern.models.services.ModelServices;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ActiveEmbedderLookup;
import dev.lectern.storage.DataFolder;
import dev.lectern.usage.UsageLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ModelsConfiguration {

    @Bean
    ModelCallRetrier modelRetries(ModelCallProperties limits, InstantSource clock) {
        return new ModelCallRetrier(limits, clock, new SecureRandom(), Thread::sleep);
    }

    @Bean
    ModelCallMonitorRegistry modelCallMonitors(
            ModelSelectionProperties selection,
            ModelFailureLogProperties failureLog,
            InstantSource clock,
            MeterRegistry meters) {
        ModelCallMonitorRegistry monitors = new ModelCallMonitorRegistry(failureLog.interval(), clock, meters);
        monitors.addConfigured(ModelKind.CHAT, RemoteModelName.chatModels(selection.chatModel()));
        monitors.addConfigured(ModelKind.EMBEDDING, List.of(selection.embedder()));
        return monitors;
    }

    @Bean
    EmbedderFactory embedders(
            DataFolder folder,
            InstantSource clock,
            ModelServices services,
            ModelCallRetrier modelCallRetrier,
            CircuitBreakerRegistry circuitBreakerRegistry,
            UsageLedger ledger,
            ModelCallMonitorRegistry monitors) {
        return new EmbedderFactory(
                folder.root().resolve("native"),
                clock,
                services,
                modelCallRetrier,
                circuitBreakerRegistry,
                ledger,
                monitors);
    }

    @Bean(destroyMethod = "close")
    EmbedderRegistry embedderRegistry(
            EmbedderFactory embedderFactory,
            ModelSelectionProperties selection,
            CacheFactory cacheFactory,
            QuestionCacheProperties questions,
            PassageCacheProperties passages,
            MeterRegistry meters) {
        Cache<float[]> ofQuestions = cacheFactory.open("question_embedding", questions.limits(), new EmbeddingCodec());
        Cache<float[]> ofPassages = cacheFactory.open("passage_embedding", passages.limits(), new EmbeddingCodec());
        return new EmbedderRegistry(
                selection.embedder(),
                name -> new CachingEmbedder(
                        new MeteredEmbedder(embedderFactory.open(name), meters), ofQuestions, ofPassages));
    }

    @Bean(destroyMethod = "")
    Embedder embedder(EmbedderRegistry embedders, ObjectProvider<ActiveEmbedderLookup> lookup) {
        return new ActiveEmbedderProxy(embedders, lookup.getIfAvailable(() -> Optional::empty));
    }

    @Bean
    ModelStartCheck modelStartCheck(
            ModelStartCheckProperties properties,
            ModelSelectionProperties selection,
            ModelServices services,
            ModelCallMonitorRegistry monitors,
            UsageLedger ledger,
            ExecutorService executor,
            InstantSource clock) {
        return new ModelStartCheck(properties, selection, services, monitors, ledger, executor, clock);
    }

    /** Null with {@code LECTERN_CHAT_MODEL=extractive}. Users of the bean take an {@code ObjectProvider}. */
    @Bean(destroyMethod = "close")
    @Nullable ChatModel chatModel(
            ModelSelectionProperties selection,
            ModelServices services,
            UsageLedger ledger,
            ModelCallProperties limits,
            ModelCallRetrier modelCallRetrier,
            CircuitBreakerRegistry circuitBreakerRegistry,
            ModelCallMonitorRegistry monitors,
            InstantSource clock) {
        return new ChatModelFactory(
                        services,
                        ledger,
                        limits,
                        modelCallRetrier,
                        circuitBreakerRegistry,
                        monitors,
                        clock)
                .open(selection.chatModel())
                .orElse(null);
    }

    /** Its embeddings are counted as sentences, since they are neither passages nor questions. */
    @Bean
    Quoter quoter(
            Embedder embedder,
            ExtractiveProperties properties,
            MeterRegistry meters,
            UsageLedger ledger,
            InstantSource clock) {
        Embedder counted = embedder instanceof ActiveEmbedderProxy proxy ? proxy.forSentences(meters) : embedder;
        return new LedgerQuoter(new SentenceQuoter(counted, properties), ledger, clock);
    }
}
