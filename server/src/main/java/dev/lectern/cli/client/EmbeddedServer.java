package dev.lectern.cli.client;

import dev.lectern.LecternApplication;
import dev.lectern.http.ServedCertificate;
import dev.lectern.models.Embedder;
import dev.lectern.observability.HealthService;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ShutdownSignal;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The server, running in this process. */
public final class EmbeddedServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    /** Delay of the warm-up, so that it does not slow down the first requests. */
    private static final Duration WARM_UP_DELAY = Duration.ofMillis(500);

    private static final Duration WARM_UP_TIMEOUT = Duration.ofMinutes(1);

    /** Settings of a server that only this process calls: any free port of the loopback interface, without HTTPS. */
    public static final Map<String, String> PRIVATE = Map.of(
            "lectern.host", "127.0.0.1",
            "lectern.port", "0",
            "lectern.tls.certificate", "",
            "lectern.tls.key", "",
            "lectern.tls.key-store", "",
            "lectern.tls.redirect-port", "");

    private final ConfigurableApplicationContext context;

    private EmbeddedServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the server and returns when it accepts requests.
     *
     * @param settings settings by key; they override the environment
     */
    public static EmbeddedServer start(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new EmbeddedServer(
                new SpringApplication(LecternApplication.class).run(arguments.toArray(String[]::new)));
    }

    /** Starts the server for this process only, see {@link #PRIVATE}. */
    public static EmbeddedServer startPrivate(Path dataFolder, Map<String, String> additionalSettings) {
        Map<String, String> settings = new HashMap<>(additionalSettings);
        settings.putAll(PRIVATE);
        settings.putAll(Map.of(
                "lectern.data", ArgumentPath.toSetting(dataFolder),
                "lectern.rate-limit.allowed-addresses", "127.0.0.0/8",
                "logging.level.dev.lectern", "warn"));
        return start(settings);
    }

    /** The address at which this machine can call the server. */
    public URI address() {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        InetAddress bound = context.getEnvironment()
                .getProperty("server.address", InetAddress.class, InetAddress.getLoopbackAddress());
        boolean here = bound.isAnyLocalAddress() || bound.isLoopbackAddress();
        String host = here ? "localhost" : bound.getHostAddress();
        String scheme = certificateDigest().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }

    /** Whether what the process prints is a log that programs read. */
    public boolean isLogCollected() {
        return "json".equalsIgnoreCase(context.getEnvironment().getProperty("lectern.log.format"));
    }

    /** The SHA-256 of the present certificate; empty without HTTPS. */
    public Optional<String> certificateDigest() {
        return context.getBean(ServedCertificate.class).find().map(PinnedServer::digest);
    }

    /** Calls {@code action} whenever the server has got another certificate. */
    public void onCertificateChange(Runnable action) {
        context.getBean(ServedCertificate.class).addListener(_ -> action.run());
    }

    /** Loads the embedder and the index in the background, so that the first question does not wait for them. */
    public void warmUp() {
        Executor soon = CompletableFuture.delayedExecutor(
                WARM_UP_DELAY.toMillis(), TimeUnit.MILLISECONDS, context.getBean(ExecutorService.class));
        soon.execute(() -> {
            try {
                context.getBean(HealthService.class).checkAll();
                context.getBean(Embedder.class)
                        .embedQuestion(
                                "warm up",
                                ModelCallContext.probe(),
                                Deadline.in(WARM_UP_TIMEOUT, context.getBean(InstantSource.class)));
            } catch (LecternException notYet) {
                log.warn("Warm-up failed; the first question takes longer: {}", notYet.getMessage());
            } catch (RuntimeException notYet) {
                if (!context.isActive() || ShutdownSignal.isCauseOf(notYet)) {
                    log.debug("The server was stopped during the warm-up", notYet);
                } else {
                    log.warn("Warm-up failed; the first question takes longer", notYet);
                }
            }
        });
    }

    /** A bean of the server, for commands that the API does not support. */
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
