package dev.lectern.models;

import dev.lectern.models.services.ModelServices;
import dev.lectern.observability.spi.TaskThreads;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Calls each configured remote model once, without starting the application. Each call costs a few tokens. */
public final class ModelProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ExecutorService executor = TaskThreads.newVirtualThreadExecutor("model-probe-");
    private final InstantSource clock;
    private final ModelServices services;

    /**
     * The result of one call.
     *
     * @param sentence for operators, without secrets: the result, or the cause and the remedy
     */
    public record Outcome(boolean succeeded, String sentence) {}

    private interface Call {
        String run(Deadline deadline);
    }

    private ModelProbe(Binder binder, InstantSource clock) {
        this.clock = clock;
        this.services = ModelServices.of(binder, executor, clock);
    }

    /**
     * Calls the chat models, then the embedder, one after the other, each for at most 20 seconds. Models in this process are left out.
     *
     * @param properties the configured settings, by key
     * @throws org.springframework.boot.context.properties.bind.BindException for invalid settings
     */
    public static List<Outcome> callAll(Map<String, String> properties, InstantSource clock) {
        Binder binder = new Binder(new MapConfigurationPropertySource(properties));
        try (ModelProbe probe = new ModelProbe(binder, clock)) {
            List<Outcome> outcomes = new ArrayList<>();
            for (String name : RemoteModelName.chatModels(properties.getOrDefault("lectern.chat-model", Quoter.NAME))) {
                outcomes.add(probe.call("Chat model", name, deadline -> probe.chat(name, deadline)));
            }
            String embedder = properties.getOrDefault("lectern.embedder", "");
            if (RemoteModelName.isRemote(embedder)) {
                outcomes.add(probe.call("Embedder", embedder, deadline -> probe.embed(embedder, deadline)));
            }
            return outcomes;
        }
    }

    private Outcome call(String kind, String name, Call call) {
        Instant begun = clock.instant();
        try {
            String result = call.run(Deadline.in(TIMEOUT, clock));
            double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
            return new Outcome(
                    true, String.format(Locale.ROOT, "%s %s %s within %.1f s.", kind, name, result, seconds));
        } catch (LecternException e) {
            return new Outcome(false, kind + " " + name + ": " + e.getMessage());
        }
    }

    private String chat(String name, Deadline deadline) {
        try (ChatModel model = services.openChat(name)) {
            return ModelTestCall.chat(model, deadline);
        }
    }

    private String embed(String name, Deadline deadline) {
        try (EmbeddingModel model = services.openEmbedder(name)) {
            return ModelTestCall.describe(model.embedQuestions(ModelTestCall.QUESTIONS, deadline)
                    .vectors()
                    .getFirst());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
