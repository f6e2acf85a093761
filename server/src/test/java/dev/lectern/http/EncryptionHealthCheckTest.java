package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.CapturedLog;
import dev.lectern.observability.spi.HealthCheck.State;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EncryptionHealthCheckTest {

    private static EncryptionHealthCheck check(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return new EncryptionHealthCheck(
                binder.bindOrCreate("lectern", ServerAddressProperties.class),
                binder.bindOrCreate("lectern.tls", TlsProperties.class),
                binder.bindOrCreate("lectern.http", ProxyProperties.class));
    }

    @Test
    void networkWithoutEncryption_warnsInTheLogAndAtHealth() {
        try (CapturedLog log = CapturedLog.start()) {
            EncryptionHealthCheck check = check(Map.of("lectern.host", "0.0.0.0", "lectern.allow-insecure", "true"));
            check.run(new DefaultApplicationArguments());
            assertThat(check.check().state()).isEqualTo(State.WARNING);
            assertThat(log.warnings("open to the network without encryption")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lectern.host, 127.0.0.1",
        "lectern.host, ::1",
        "lectern.http.trusted-proxies, 10.0.0.1",
        "lectern.tls.key-store, /a.p12"
    })
    void thisMachineOnly_proxyOrHttps_isUp(String setting, String value) {
        try (CapturedLog log = CapturedLog.start()) {
            Map<String, String> settings = setting.equals("lectern.host")
                    ? Map.of(setting, value)
                    : Map.of("lectern.host", "0.0.0.0", setting, value);
            EncryptionHealthCheck check = check(settings);
            check.run(new DefaultApplicationArguments());
            assertThat(check.check().state()).isEqualTo(State.UP);
            assertThat(log.lines()).isEmpty();
        }
    }
}
