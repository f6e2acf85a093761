package dev.lectern.answering.turn;

import dev.lectern.answering.AnsweringProperties;
import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.writing.AnswerWriter;
import dev.lectern.caching.CacheFactory;
import dev.lectern.caching.MemoizedSupplier;
import dev.lectern.library.DocumentFields;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.Retriever;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class TurnConfiguration {

    @Bean(Turn.UNCACHED)
    RetrievalAugmentedTurn uncachedTurn(
            Retriever retriever,
            AnswerWriter writer,
            LibraryCollections collections,
            ObjectProvider<LanguageDetector> languages,
            DocumentFields fields,
            MeterRegistry meters,
            AnsweringProperties properties) {
        return new RetrievalAugmentedTurn(
                retriever,
                writer,
                new SupportCheck(),
                languages.getIfAvailable(() -> _ -> LanguageDetector.UNDETERMINED),
                new SearchScopeDescriber(collections, fields),
                meters,
                properties.passages());
    }

    /** The turn behind the answer cache. Whoever needs a turn without the cache injects the one named {@link Turn#UNCACHED}. */
    @Bean
    @Primary
    Turn turn(
            RetrievalAugmentedTurn uncachedTurn,
            CacheFactory cacheFactory,
            AnswerCacheProperties cache,
            LibraryCollections collections,
            Passages passages,
            ObjectProvider<ChatModel> chatModel,
            Embedder embedder,
            AnsweringProperties properties,
            MeterRegistry meters,
            Clock clock) {
        ChatModel model = chatModel.getIfAvailable();
        String prefix = (model == null ? Quoter.NAME : model.name()) + "/" + PromptBuilder.VERSION + "/"
                + properties.passages() + "/" + properties.maxInputTokens() + "/" + properties.maxOutputTokens() + "/"
                + properties.maxCharacters() + "/";
        Supplier<String> configuration =
                new MemoizedSupplier<>(() -> prefix + embedder.fingerprint().id());
        return CachingTurn.wrap(
                uncachedTurn, cacheFactory, cache.limits(), collections, passages, configuration, meters, clock);
    }
}
