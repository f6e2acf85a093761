package dev.lectern.cli;

import dev.lectern.LecternApplication;
import dev.lectern.storage.DataFolder;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/** The application, running in this process. */
final class Server implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Server(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param settings by key; they win over the environment
     */
    static Server start(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new Server(new SpringApplication(LecternApplication.class).run(arguments.toArray(String[]::new)));
    }

    /** Starts it for this process alone, at an address that nobody else is told. */
    static Server startHidden(Path dataFolder) {
        return start(Map.of(
                "lectern.data", dataFolder.toString(),
                "lectern.host", "127.0.0.1",
                "lectern.port", "0",
                "logging.level.dev.lectern", "warn"));
    }

    /** Where it answers, as this machine can call it. */
    URI address() {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        InetAddress bound = context.getEnvironment()
                .getProperty("server.address", InetAddress.class, InetAddress.getLoopbackAddress());
        boolean here = bound.isAnyLocalAddress() || bound.isLoopbackAddress();
        String host = here ? "localhost" : bound.getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }

    Path dataFolder() {
        return context.getBean(DataFolder.class).root();
    }

    void onClose(Runnable action) {
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
