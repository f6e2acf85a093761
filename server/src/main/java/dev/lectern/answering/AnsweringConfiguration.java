package dev.lectern.answering;

import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.streams.JdbcRemoteReaders;
import dev.lectern.answering.streams.QuestionService;
import dev.lectern.answering.streams.RemoteReaders;
import dev.lectern.answering.streams.TurnLimiter;
import dev.lectern.answering.streams.TurnRunner;
import dev.lectern.answering.streams.TurnStopListener;
import dev.lectern.answering.streams.TurnStreamRegistry;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.turn.CachingTurn;
import dev.lectern.answering.turn.RetrievalAugmentedTurn;
import dev.lectern.answering.turn.SearchScopeDescriber;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.writing.AnswerWriter;
import dev.lectern.answering.writing.FallbackAnswerWriter;
import dev.lectern.answering.writing.ModelAnswerWriter;
import dev.lectern.answering.writing.QuotingAnswerWriter;
import dev.lectern.caching.CacheFactory;
import dev.lectern.caching.MemoizedSupplier;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.models.ChatModel;
import dev.lectern.models.Embedder;
import dev.lectern.models.LanguageDetector;
import dev.lectern.models.Quoter;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.IdGenerator;
import dev.lectern.storage.Dialect;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AnsweringConfiguration {

    /** The configured chat model with quoting as its fallback, or quoting alone when no chat model is configured. */
    @Bean
    AnswerWriter answerWriter(
            ObjectProvider<ChatModel> chatModel,
            ObjectProvider<Quoter> quoter,
            AnsweringProperties properties,
            ExecutorService executor,
            Clock clock) {
        ChatModel model = chatModel.getIfAvailable();
        if (model == null || model.name().equals(Quoter.NAME)) {
            return new QuotingAnswerWriter(quoter.getObject());
        }
        AnswerWriter writer = new ModelAnswerWriter(
                model,
                new PromptBuilder(
                        Math.min(properties.maxInputTokens(), model.maxInputTokens()), properties.maxOutputTokens()),
                properties.maxCharacters(),
                executor,
                clock);
        @Nullable Quoter second = properties.fallbackExtractive() ? quoter.getIfAvailable() : null;
        return second == null ? writer : new FallbackAnswerWriter(writer, new QuotingAnswerWriter(second));
    }

    @Bean
    RetrievalAugmentedTurn retrievalAugmentedTurn(
            Retriever retriever,
            AnswerWriter writer,
            LibraryCollections collections,
            ObjectProvider<LanguageDetector> languages,
            MeterRegistry meters,
            AnsweringProperties properties) {
        return new RetrievalAugmentedTurn(
                retriever,
                writer,
                new SupportCheck(),
                languages.getIfAvailable(() -> _ -> LanguageDetector.UNDETERMINED),
                new SearchScopeDescriber(collections),
                meters,
                properties.passages());
    }

    /** The turn behind the answer cache. Whoever needs a turn without the cache injects {@link RetrievalAugmentedTurn}. */
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

    /** Only PostgreSQL can be shared by several nodes. */
    @Bean
    RemoteReaders remoteReaders(Dialect dialect, JdbcClient jdbc) {
        return switch (dialect) {
            case SQLITE -> RemoteReaders.NONE;
            case POSTGRESQL -> new JdbcRemoteReaders(jdbc);
        };
    }

    @Bean
    TurnLimiter turnLimiter(AnsweringProperties properties) {
        return new TurnLimiter(properties.maxTurns());
    }

    @Bean
    TurnRunner turnRunner(
            Turn turn,
            TurnStreamRegistry streams,
            ExecutorService executor,
            TurnLimiter turnLimiter,
            AnsweringProperties properties,
            ConfigurableApplicationContext context) {
        TurnRunner runner = new TurnRunner(turn, streams, executor, properties.keepEvery(), properties.readerGrace());
        context.addApplicationListener(new TurnStopListener(runner, turnLimiter, properties.shutdownGrace()));
        return runner;
    }

    @Bean
    SynchronousAnswerer synchronousAnswerer(
            RetrievalAugmentedTurn uncachedTurn, TurnLimiter turnLimiter, IdGenerator ids) {
        return new SynchronousAnswerer(uncachedTurn, turnLimiter, ids);
    }

    @Bean
    QuestionService.Settings questionSettings(AnsweringProperties properties) {
        return new QuestionService.Settings(properties.turnTimeout());
    }
}
