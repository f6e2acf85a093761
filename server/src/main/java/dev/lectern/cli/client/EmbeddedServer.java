package dev.lectern.cli.client;

import dev.lectern.LecternApplication;
import dev.lectern.models.Embedder;
import dev.lectern.observability.HealthReport;
import dev.lectern.shared.Deadline;
import dev.lectern.storage.DataFolder;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The application, running in this process. */
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** The first callers come first. */
    private static final Duration AFTER_READINESS = Duration.ofMillis(500);

    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext context;

    private EmbeddedServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param settings by key; they win over the environment
     */
    public static EmbeddedServer start(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new EmbeddedServer(new SpringApplication(LecternApplication.class).run(arguments.toArray(String[]::new)));
    }

    /** Starts it for this process alone, at an address that nobody else is told. */
    public static EmbeddedServer startHidden(Path dataFolder, Map<String, String> besides) {
        Map<String, String> settings = new HashMap<>(besides);
        settings.putAll(Map.of(
                "lectern.data", dataFolder.toString(),
                "lectern.host", "127.0.0.1",
                "lectern.port", "0",
                "logging.level.dev.lectern", "warn"));
        return start(settings);
    }

    /** Where it answers, as this machine can call it. */
    public URI address() {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        InetAddress bound = context.getEnvironment()
                .getProperty("server.address", InetAddress.class, InetAddress.getLoopbackAddress());
        boolean here = bound.isAnyLocalAddress() || bound.isLoopbackAddress();
        String host = here ? "localhost" : bound.getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }

    /** Loads behind everybody's back what the first question would otherwise wait for: the model, the index, and the code around them. */
    public void warmUp() {
        Executor soon = CompletableFuture.delayedExecutor(
                AFTER_READINESS.toMillis(), TimeUnit.MILLISECONDS, context.getBean(ExecutorService.class));
        soon.execute(() -> {
            try {
                context.getBean(HealthReport.class).all();
                context.getBean(Embedder.class)
                        .embedQuestion("warm up", Deadline.in(WARM_UP, context.getBean(InstantSource.class)));
            } catch (RuntimeException notYet) {
                LOG.warn("The first question will have to wait for what could not be loaded yet", notYet);
            }
        });
    }

    /** A part of it, for commands that have no call of the API. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Path dataFolder() {
        return context.getBean(DataFolder.class).root();
    }

    public void onClose(Runnable action) {
        context.addApplicationListener(event -> {
            if (event instanceof ContextClosedEvent) {
                action.run();
            }
        });
    }

    @Override
    public void close() {
        context.close();
    }
}
