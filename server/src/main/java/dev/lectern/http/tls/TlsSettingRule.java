package dev.lectern.http.tls;

import dev.lectern.http.TlsProperties;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.SettingRule;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that the files of certificate and key can be used, and that HTTP and HTTPS have different ports. */
final class TlsSettingRule implements SettingRule {
    private static final int DEFAULT_PORT = 8080;

    @Override
    public void check(Map<String, String> settings) {
        if (settings.keySet().stream().noneMatch(key -> key.startsWith("lectern.tls."))) {
            return;
        }
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        TlsProperties properties = binder.bindOrCreate("lectern.tls", TlsProperties.class);
        if (properties.isEnabled()) {
            requireDifferentPorts(
                    properties, binder.bind("lectern.port", Integer.class).orElse(DEFAULT_PORT));
            ServerKeyPair pair = new KeyPairReader(properties).read(CertificateFiles.read(properties));
            new KeyPairCheck(properties, InstantSource.system()).check(pair);
        }
    }

    private static void requireDifferentPorts(TlsProperties properties, int port) {
        Integer redirectPort = properties.redirectPort();
        if (redirectPort != null && redirectPort != 0 && redirectPort == port) {
            throw new InvalidSettingException("LECTERN_TLS_REDIRECT_PORT=" + redirectPort
                    + " is the port of HTTPS. Set it to another port than LECTERN_PORT, such as 80, or remove it.");
        }
    }
}
