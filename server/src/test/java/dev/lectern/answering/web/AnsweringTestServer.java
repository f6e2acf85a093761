package dev.lectern.answering.web;

import dev.lectern.LecternApplication;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.FakeRetriever;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.ingestion.InMemoryIndexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The real server with doubles for the library, the retriever and the models. */
final class AnsweringTestServer implements AutoCloseable {
    final ScriptedModel model;
    final FakeRetriever retriever;
    final FakeQuoter quoter;
    final FakeLibrary library;
    final int port;
    private final ConfigurableApplicationContext context;

    private AnsweringTestServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.model = context.getBean(ScriptedModel.class);
        this.retriever = context.getBean(FakeRetriever.class);
        this.quoter = context.getBean(FakeQuoter.class);
        this.library = context.getBean(FakeLibrary.class);
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static AnsweringTestServer start(Path data, String... settings) {
        List<String> arguments = new ArrayList<>();
        if (List.of(settings).stream().noneMatch(setting -> setting.contains("answering.cache"))) {
            // The same question is asked again and again, and the model is to say something else each time.
            arguments.add("--lectern.answering.cache.enabled=false");
        }
        if (List.of(settings).stream().noneMatch(setting -> setting.contains("shutdown-grace"))) {
            // Many a model here would write on for ever.
            arguments.add("--lectern.answering.shutdown-grace=0s");
        }
        arguments.addAll(List.of(settings));
        arguments.add("--server.port=0");
        arguments.add("--lectern.data=" + data);
        SpringApplication application = new SpringApplication(LecternApplication.class, Doubles.class);
        return new AnsweringTestServer(application.run(arguments.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpTestClient reader() {
        return new HttpTestClient(port);
    }

    /** Stops it; a second time does nothing. */
    void stop() {
        context.close();
    }

    @Override
    public void close() {
        stop();
    }

    /** Not a configuration that scanning finds: other tests run without it. */
    static class Doubles {
        @Bean
        InMemoryIndexes memoryIndexes() {
            return new InMemoryIndexes();
        }

        @Bean
        @Primary
        ScriptedModel scriptedModel() {
            return new ScriptedModel();
        }

        @Bean
        @Primary
        FakeRetriever fakeRetriever() {
            return new FakeRetriever();
        }

        @Bean
        @Primary
        FakeQuoter fakeQuoter() {
            return new FakeQuoter();
        }

        @Bean
        @Primary
        FakeLibrary fakeLibrary() {
            return new FakeLibrary();
        }
    }
}
