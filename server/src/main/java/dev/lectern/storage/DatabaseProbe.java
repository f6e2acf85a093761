package dev.lectern.storage;

import dev.lectern.shared.LecternException;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that the configured PostgreSQL server is usable, without starting anything. */
public final class DatabaseProbe {
    private DatabaseProbe() {}

    /**
     * Connects once.
     *
     * @param settings by key, such as {@code lectern.database.url}
     * @return the server and its version, in one sentence without secrets; empty when none is configured
     * @throws LecternException with what to do when it is not usable
     */
    public static Optional<String> probe(Map<String, String> settings) {
        DatabaseProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.database", DatabaseProperties.class);
        if (properties.url().isBlank()) {
            return Optional.empty();
        }
        String description = PostgresPool.check(properties);
        PostgresPool.requireActive(properties);
        return Optional.of(description);
    }
}
