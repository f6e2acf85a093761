package dev.lectern.security;

import dev.lectern.observability.spi.HealthCheck;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Warns of secrets that the present key cannot read, in the log at each start and in the health report until they are gone. */
@Component
@Lazy(false)
class EncryptionKeyHealthCheck implements HealthCheck, ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(EncryptionKeyHealthCheck.class);

    private final EncryptionKey key;
    private volatile Optional<String> objection = Optional.empty();
    /** The key of a running server does not change, so what is readable at the start stays so. */
    private volatile boolean isSuspect = true;

    EncryptionKeyHealthCheck(EncryptionKey key) {
        this.key = key;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        findObjection().ifPresent(warning -> log.warn("{}", warning));
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        return findObjection()
                .map(Health::warning)
                .orElseGet(() -> Health.up("The secrets in the database can be read."));
    }

    private Optional<String> findObjection() {
        if (isSuspect) {
            try {
                objection = key.findObjection();
                isSuspect = objection.isPresent();
            } catch (DataAccessException unavailable) {
                log.debug("The database does not say whether its secrets can be read", unavailable);
            }
        }
        return objection;
    }
}
