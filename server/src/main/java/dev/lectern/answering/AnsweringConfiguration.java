package dev.lectern.answering;

import dev.lectern.answering.prompt.PromptBuilder;
import dev.lectern.answering.streams.Admission;
import dev.lectern.answering.streams.Asking;
import dev.lectern.answering.streams.Distant;
import dev.lectern.answering.streams.DistantTable;
import dev.lectern.answering.streams.KeptStreams;
import dev.lectern.answering.streams.MemoryStreams;
import dev.lectern.answering.streams.StopListener;
import dev.lectern.answering.streams.TurnRunner;
import dev.lectern.answering.support.SupportCheck;
import dev.lectern.answering.turn.CachingTurn;
import dev.lectern.answering.turn.SearchedPlaces;
import dev.lectern.answering.turn.Turn;
import dev.lectern.answering.turn.TurnRecipe;
import dev.lectern.answering.writing.FallbackWriter;
import dev.lectern.answering.writing.ModelWriter;
import dev.lectern.answering.writing.QuotingWriter;
import dev.lectern.answering.writing.Writer;
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

    /** The configured model with quoting behind it, or quoting alone where no model is configured. */
    @Bean
    Writer answerWriter(
            ObjectProvider<ChatModel> chatModel,
            ObjectProvider<Quoter> quoter,
            AnsweringProperties properties,
            ExecutorService executor,
            Clock clock) {
        ChatModel model = chatModel.getIfAvailable();
        if (model == null || model.name().equals(Quoter.NAME)) {
            return new QuotingWriter(quoter.getObject());
        }
        Writer writer = new ModelWriter(
                model,
                new PromptBuilder(
                        Math.min(properties.maxInputTokens(), model.maxInputTokens()), properties.maxOutputTokens()),
                properties.maxCharacters(),
                executor,
                clock);
        @Nullable Quoter second = properties.fallbackExtractive() ? quoter.getIfAvailable() : null;
        return second == null ? writer : new FallbackWriter(writer, new QuotingWriter(second));
    }

    @Bean
    TurnRecipe turnRecipe(
            Retriever retriever,
            Writer writer,
            LibraryCollections collections,
            ObjectProvider<LanguageDetector> languages,
            MeterRegistry meters,
            AnsweringProperties properties) {
        return new TurnRecipe(
                retriever,
                writer,
                new SupportCheck(),
                languages.getIfAvailable(() -> _ -> LanguageDetector.UNDETERMINED),
                new SearchedPlaces(collections),
                meters,
                properties.passages());
    }

    /** Who wants a turn without what was answered before asks for the recipe itself. */
    @Bean
    @Primary
    Turn turn(
            TurnRecipe recipe,
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
        String written = (model == null ? Quoter.NAME : model.name()) + "/" + PromptBuilder.VERSION + "/"
                + properties.passages() + "/" + properties.maxInputTokens() + "/" + properties.maxOutputTokens() + "/"
                + properties.maxCharacters() + "/";
        Supplier<String> all =
                new MemoizedSupplier<>(() -> written + embedder.fingerprint().id());
        return CachingTurn.around(recipe, cacheFactory, cache.limits(), collections, passages, all, meters, clock);
    }

    @Bean
    KeptStreams keptStreams() {
        return new MemoryStreams();
    }

    /** Without PostgreSQL there is no other node. */
    @Bean
    Distant distant(Dialect dialect, JdbcClient jdbc) {
        return switch (dialect) {
            case SQLITE -> Distant.NOBODY;
            case POSTGRESQL -> new DistantTable(jdbc);
        };
    }

    @Bean
    Admission admission(AnsweringProperties properties) {
        return new Admission(properties.maxTurns());
    }

    @Bean
    TurnRunner turnRunner(
            Turn turn,
            KeptStreams streams,
            ExecutorService executor,
            Admission admission,
            AnsweringProperties properties,
            ConfigurableApplicationContext context) {
        TurnRunner runner = new TurnRunner(turn, streams, executor, properties.keepEvery(), properties.readerGrace());
        context.addApplicationListener(new StopListener(runner, admission, properties.shutdownGrace()));
        return runner;
    }

    @Bean
    Answers answers(TurnRecipe recipe, Admission admission, IdGenerator ids) {
        return new DirectAnswers(recipe, admission, ids);
    }

    @Bean
    Asking.Settings askingSettings(AnsweringProperties properties) {
        return new Asking.Settings(properties.turnTimeout());
    }
}
