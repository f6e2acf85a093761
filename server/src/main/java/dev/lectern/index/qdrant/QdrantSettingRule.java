package dev.lectern.index.qdrant;

import dev.lectern.shared.SettingRule;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks the address of Qdrant and the file with certificates. */
final class QdrantSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        String url = settings.getOrDefault("lectern.qdrant.url", "");
        if (!url.isBlank() && QdrantAddress.of(url).tls()) {
            QdrantChannelFactory.tls(new Binder(new MapConfigurationPropertySource(settings))
                    .bindOrCreate("lectern.index.qdrant", QdrantIndexProperties.class)
                    .certificates());
        }
    }
}
