package dev.lectern.http.tls;

import dev.lectern.http.ServedCertificate;
import dev.lectern.observability.spi.HealthCheck;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reports when the certificate of the server expires, and whether its changed files can be used. */
@Component
class CertificateHealthCheck implements HealthCheck {
    /** Certificates that are renewed by a program are renewed 30 days before their end, or after two thirds of a shorter life. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final int SOON_FRACTION = 6;

    private final ServedCertificate served;
    private final CertificateReloader reloader;
    private final InstantSource clock;

    CertificateHealthCheck(ServedCertificate served, CertificateReloader reloader, InstantSource clock) {
        this.served = served;
        this.reloader = reloader;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificate";
    }

    /** Clients that accept the risk can still connect with an expired certificate. */
    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        Optional<X509Certificate> certificate = served.find();
        if (certificate.isEmpty()) {
            return Health.up("The server speaks plain HTTP and has no certificate.");
        }
        Instant from = certificate.get().getNotBefore().toInstant();
        Instant until = certificate.get().getNotAfter().toInstant();
        Duration left = Duration.between(clock.instant(), until);
        Map<String, Object> figures = Map.of("validUntil", until.toString(), "daysLeft", left.toDays());
        Optional<String> failure = reloader.failure();
        if (failure.isPresent()) {
            return new Health(
                    State.WARNING,
                    "The changed certificate is not used, and the former one stays. " + failure.get(),
                    figures);
        }
        if (left.isNegative()) {
            return new Health(
                    State.WARNING, "The certificate has expired, and browsers refuse it. Replace its files.", figures);
        }
        Duration warning = Duration.between(from, until).dividedBy(SOON_FRACTION);
        if (left.compareTo(warning.compareTo(SOON) < 0 ? warning : SOON) < 0) {
            return new Health(
                    State.WARNING,
                    "The certificate expires in " + left.toDays() + " days. Renew it; the server uses changed files"
                            + " without a restart.",
                    figures);
        }
        return new Health(State.UP, "The certificate is valid.", figures);
    }
}
