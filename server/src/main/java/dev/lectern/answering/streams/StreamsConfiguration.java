package dev.lectern.answering.streams;

import dev.lectern.answering.AnsweringProperties;
import dev.lectern.answering.turn.AnswerCompletionPublisher;
import dev.lectern.answering.turn.Turn;
import dev.lectern.storage.Dialect;
import java.util.concurrent.ExecutorService;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {

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
            AnswerCompletionPublisher completions,
            ExecutorService executor,
            TurnLimiter turnLimiter,
            AnsweringProperties properties,
            ConfigurableApplicationContext context) {
        TurnRunner runner =
                new TurnRunner(turn, streams, completions, executor, properties.keepEvery(), properties.readerGrace());
        context.addApplicationListener(new TurnStopListener(runner, turnLimiter, properties.shutdownGrace()));
        return runner;
    }

    @Bean
    QuestionService.Settings questionSettings(AnsweringProperties properties) {
        return new QuestionService.Settings(properties.turnTimeout());
    }
}
