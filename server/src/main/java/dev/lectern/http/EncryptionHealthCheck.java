package dev.lectern.http;

import dev.lectern.observability.spi.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Warns of a server that listens on a network without encryption, in the log at each start and in the health report. */
@Component
@Lazy(false)
class EncryptionHealthCheck implements HealthCheck, ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(EncryptionHealthCheck.class);
    private static final String WARNING =
            "The server is open to the network without encryption: others on the way can read and change questions,"
                    + " documents and keys. Set LECTERN_TLS_CERTIFICATE and LECTERN_TLS_KEY, or put a reverse proxy with"
                    + " HTTPS before it and name it in LECTERN_HTTP_TRUSTED_PROXIES.";

    private final boolean unencrypted;

    EncryptionHealthCheck(ServerAddressProperties address, TlsProperties tls, ProxyProperties proxies) {
        this.unencrypted = NetworkExposure.isUnencrypted(address, tls, proxies);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (unencrypted) {
            log.warn("{}", WARNING);
        }
    }

    @Override
    public String name() {
        return "encryption";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        return unencrypted
                ? Health.warning(WARNING)
                : Health.up("The server is reached by HTTPS, through a trusted proxy, or from this machine only.");
    }
}
