package dev.lectern.http;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.SettingRule;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Refuses to listen on a network without encryption, unless the operator insists. */
final class ExposureSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        if (!settings.containsKey("lectern.host")) {
            return;
        }
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        ServerAddressProperties address = binder.bindOrCreate("lectern", ServerAddressProperties.class);
        if (address.allowInsecure()) {
            return;
        }
        TlsProperties tls = binder.bindOrCreate("lectern.tls", TlsProperties.class);
        ProxyProperties proxies = binder.bindOrCreate("lectern.http", ProxyProperties.class);
        if (NetworkExposure.isUnencrypted(address, tls, proxies)) {
            throw new InvalidSettingException(
                    "LECTERN_HOST=" + address.host() + " would serve the network without encryption. Set"
                            + " LECTERN_TLS_CERTIFICATE and LECTERN_TLS_KEY (for a trial: lectern tls self-signed), or"
                            + " LECTERN_HTTP_TRUSTED_PROXIES to the address of a reverse proxy with HTTPS. Where nobody"
                            + " else can listen, LECTERN_ALLOW_INSECURE=true allows it.");
        }
    }
}
