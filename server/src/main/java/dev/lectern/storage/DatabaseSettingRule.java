package dev.lectern.storage;

import dev.lectern.shared.SettingRule;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that the address of PostgreSQL is one, with parameters that the driver knows. */
final class DatabaseSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        DatabaseProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.database", DatabaseProperties.class);
        if (!properties.url().isBlank()) {
            PostgresAddress.of(properties).dataSource(properties);
        }
    }
}
