package dev.lectern.settings;

import dev.lectern.configuration.SecretFiles;
import dev.lectern.observability.spi.PeriodicTask;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RuntimeSetting;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads secrets that are in files again, so that a key is replaced by replacing its file. A file that cannot be read changes nothing. */
class SecretFilePoller implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SecretFilePoller.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final RuntimeSettings settings;
    private final SecretFiles files;
    private final ExecutorService executor;
    private final Map<RuntimeSetting<?>, String> variables = new LinkedHashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private final PeriodicTask task = new PeriodicTask(INTERVAL, INTERVAL, this::poll);
    private volatile boolean running;

    SecretFilePoller(RuntimeSettings settings, SecretFiles files, ExecutorService executor) {
        this.settings = settings;
        this.files = files;
        this.executor = executor;
    }

    @Override
    public void start() {
        settings.secrets()
                .forEach(setting ->
                        files.findVariable(setting.key()).ifPresent(variable -> variables.put(setting, variable)));
        running = true;
        if (!variables.isEmpty()) {
            poll();
            task.start(executor);
        }
    }

    /** Reads each file once. */
    void poll() {
        variables.forEach(this::poll);
    }

    private void poll(RuntimeSetting<?> setting, String variable) {
        try {
            String content = files.read(variable);
            String before = known.put(variable, content);
            if (before != null && !before.equals(content)) {
                setting.set(content);
                log.info("{} was read again, since the file of {} has changed", setting.name(), variable);
            }
            failing.remove(variable);
        } catch (IllegalArgumentException | LecternException unreadable) {
            if (failing.add(variable)) {
                log.warn("The former value of {} stays in use: {}", setting.name(), unreadable.getMessage());
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        task.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
