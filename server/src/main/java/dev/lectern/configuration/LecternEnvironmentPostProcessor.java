package dev.lectern.configuration;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** Checks the environment variables before the application starts and adds them as properties. Command line options override them. */
class LecternEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {
    private static final String NAME = "lectern";
    private static final String LOG_LEVEL = "lectern.log.level.";

    private final Log log;
    private final ConfigurableBootstrapContext bootstrap;

    /** @param logs logs once logging is configured, which it is not yet */
    LecternEnvironmentPostProcessor(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
        log = logs.getLog(LecternEnvironmentPostProcessor.class);
        this.bootstrap = bootstrap;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, String> options = commandLine(environment.getPropertySources());
        EnvironmentCheck check = EnvironmentCheck.ofThisRelease();
        EnvironmentCheck.Result result = check.check(System.getenv(), options);
        LogMaskListener.register(
                SecretMask.of(Stream.of(result.properties(), options)
                        .flatMap(settings -> check.secretsOf(settings).stream())
                        .toList()),
                bootstrap);
        if (!result.problems().isEmpty()) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST, result.problems().getFirst());
        }
        result.warnings().forEach(log::warn);
        MutablePropertySources sources = environment.getPropertySources();
        MapPropertySource ours = new MapPropertySource(NAME, withLogging(result.properties()));
        if (sources.contains(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME)) {
            sources.addAfter(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME, ours);
        } else {
            sources.addFirst(ours);
        }
    }

    private static Map<String, String> commandLine(MutablePropertySources sources) {
        Map<String, String> settings = new HashMap<>();
        if (sources.get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME)
                instanceof CommandLinePropertySource<?> commandLine) {
            for (String key : commandLine.getPropertyNames()) {
                String value = commandLine.getProperty(key);
                if (key.startsWith(NAME + ".") && value != null) {
                    settings.put(key, value);
                }
            }
        }
        return settings;
    }

    private static Map<String, Object> withLogging(Map<String, String> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        properties.forEach((key, value) -> {
            if (key.startsWith(LOG_LEVEL)) {
                all.put("logging.level.dev.lectern." + key.substring(LOG_LEVEL.length()), value);
            }
        });
        if ("json".equalsIgnoreCase(properties.get("lectern.log.format"))) {
            all.put("logging.structured.format.console", "ecs");
        }
        return all;
    }
}
