package dev.lectern.security;

import dev.lectern.http.NetworkReach;
import dev.lectern.http.ProxyProperties;
import dev.lectern.observability.spi.HealthCheck;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Warns of a server that listens on all interfaces and accepts no name but localhost, in the log at each start and in the health report. It is no reason to refuse
 * the start: where a container's port is passed on, localhost may be all that people use.
 */
@Component
@Lazy(false)
public class HostNameHealthCheck implements HealthCheck, ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(HostNameHealthCheck.class);
    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Optional<String> objection;

    HostNameHealthCheck(NetworkReach reach, SecurityProperties security, ProxyProperties proxies) {
        this.objection = findObjection(reach, security, proxies);
    }

    /**
     * What is wrong with the settings of a server, and what to do.
     *
     * @param settings by key
     */
    public static Optional<String> findObjection(Map<String, String> settings) {
        Binder binder = new Binder(new MapConfigurationPropertySource(settings));
        return findObjection(
                NetworkReach.of(settings),
                binder.bindOrCreate("lectern.security", SecurityProperties.class),
                binder.bindOrCreate("lectern.http", ProxyProperties.class));
    }

    private static Optional<String> findObjection(
            NetworkReach reach, SecurityProperties security, ProxyProperties proxies) {
        boolean isNamed = proxies.publicAddress().isPresent() || !OWN.containsAll(security.allowedHosts());
        return isNamed || !reach.isListeningOnAllInterfaces()
                ? Optional.empty()
                : Optional.of("LECTERN_HOST=" + reach.host() + " listens on all interfaces, but only requests for localhost"
                        + " are answered; those for any other name or address get 403. Set"
                        + " LECTERN_SECURITY_ALLOWED_HOSTS to the names that people use, such as docs.example.org, or"
                        + " LECTERN_HTTP_PUBLIC_URL to the address.");
    }

    @Override
    public void run(ApplicationArguments arguments) {
        objection.ifPresent(warning -> log.warn("{}", warning));
    }

    @Override
    public String name() {
        return "host-names";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        return objection
                .map(Health::warning)
                .orElseGet(() -> Health.up("The server accepts the names that it is configured for."));
    }
}
