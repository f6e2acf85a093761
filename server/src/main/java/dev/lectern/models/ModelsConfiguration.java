package dev.lectern.models;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheFactory;
import dev.lectern.models.extractive.ExtractiveProperties;
import dev.lectern.models.extractive.SentenceQuoter;
import dev.lectern.models.gemini.Gemini;
import dev.lectern.models.gemini.GeminiProperties;
import dev.lectern.models.language.ProfileLanguageDetector;
import dev.lectern.models.openai.OpenAi;
import dev.lectern.models.openai.OpenAiProperties;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.storage.DataFolder;
import dev.lectern.usage.UsageLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ModelsConfiguration {

    @Bean
    LanguageDetector languageDetector() {
        return new ProfileLanguageDetector();
    }

    @Bean
    Retries modelRetries(CallLimits limits, InstantSource clock) {
        return new Retries(limits, clock, new SecureRandom(), Thread::sleep);
    }

    @Bean
    Gemini gemini(GeminiProperties properties, ExecutorService applicationExecutor, InstantSource clock) {
        return new Gemini(properties, applicationExecutor, clock);
    }

    @Bean
    OpenAi openAi(OpenAiProperties properties, ExecutorService applicationExecutor, InstantSource clock) {
        return new OpenAi(properties, applicationExecutor, clock);
    }

    @Bean
    Embedders embedders(
            DataFolder folder,
            InstantSource clock,
            Gemini gemini,
            OpenAi openAi,
            Retries retries,
            CircuitBreakerRegistry circuitBreakerRegistry) {
        return new Embedders(folder.root().resolve("native"), clock, gemini, openAi, retries, circuitBreakerRegistry);
    }

    @Bean(destroyMethod = "close")
    OpenedEmbedders openedEmbedders(
            Embedders embedders,
            ModelSelection selection,
            CacheFactory cacheFactory,
            QuestionCacheProperties questions,
            PassageCacheProperties passages,
            MeterRegistry meters) {
        Cache<float[]> ofQuestions = cacheFactory.open("question_embedding", questions.limits(), new VectorCodec());
        Cache<float[]> ofPassages = cacheFactory.open("passage_embedding", passages.limits(), new VectorCodec());
        return new OpenedEmbedders(
                selection.embedder(),
                name -> new CachingEmbedder(
                        new MeteredEmbedder(embedders.open(name), meters), ofQuestions, ofPassages));
    }

    @Bean(destroyMethod = "")
    Embedder embedder(OpenedEmbedders opened, ObjectProvider<EmbedderInForce> inForce) {
        return new SwitchedEmbedder(opened, inForce.getIfAvailable(() -> Optional::empty));
    }

    /** None when answers are quoted only: who needs it asks for an {@code ObjectProvider}. */
    @Bean(destroyMethod = "close")
    @Nullable ChatModel chatModel(
            ModelSelection selection,
            Gemini gemini,
            OpenAi openAi,
            UsageLedger ledger,
            CallLimits limits,
            Retries retries,
            CircuitBreakerRegistry circuitBreakerRegistry,
            InstantSource clock) {
        return new ChatModels(gemini, openAi, ledger, limits, retries, circuitBreakerRegistry, clock)
                .open(selection.chatModel())
                .orElse(null);
    }

    /** Its embeddings count as neither passages nor questions: nothing is kept of them. */
    @Bean
    Quoter quoter(Embedder embedder, ExtractiveProperties properties, MeterRegistry meters) {
        Embedder counted = embedder instanceof SwitchedEmbedder switched ? switched.forSentences(meters) : embedder;
        return new SentenceQuoter(counted, properties);
    }
}
