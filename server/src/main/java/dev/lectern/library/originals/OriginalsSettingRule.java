package dev.lectern.library.originals;

import dev.lectern.shared.SettingRule;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that the originals have one store, with everything that it requires. */
final class OriginalsSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.originals", OriginalsProperties.class)
                .requireSingleStore();
    }
}
