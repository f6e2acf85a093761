package dev.lectern.storage;

import dev.lectern.shared.LecternException;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Looks whether a configured PostgreSQL server will do, and starts nothing. */
public final class DatabaseProbe {
    private DatabaseProbe() {}

    /**
     * Connects once.
     *
     * @param settings by key, such as {@code lectern.database.url}
     * @return what was found, in one sentence without secrets; empty when none is configured
     * @throws LecternException with a sentence that says what to do when it will not do
     */
    public static Optional<String> look(Map<String, String> settings) {
        DatabaseProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.database", DatabaseProperties.class);
        if (properties.url().isBlank()) {
            return Optional.empty();
        }
        String found = PostgresPool.look(properties);
        PostgresPool.requireHere(properties);
        return Optional.of(found);
    }
}
