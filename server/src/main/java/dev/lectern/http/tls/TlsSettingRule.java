package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.shared.SettingRule;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that the files of certificate and key can be used. */
final class TlsSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        if (settings.keySet().stream().noneMatch(key -> key.startsWith("lectern.tls."))) {
            return;
        }
        TlsProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.tls", TlsProperties.class);
        if (properties.isEnabled()) {
            ServerKeyPair pair = new KeyPairReader(properties).read(CertificateFiles.read(properties));
            new KeyPairCheck(properties, InstantSource.system()).check(pair);
        }
    }
}
