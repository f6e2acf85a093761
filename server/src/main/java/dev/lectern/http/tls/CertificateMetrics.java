package dev.lectern.http.tls;

import dev.lectern.http.ServedCertificate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The end of the certificate, for alerts. */
@Component
class CertificateMetrics implements MeterBinder {
    private final ServedCertificate served;

    CertificateMetrics(ServedCertificate served) {
        this.served = served;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("lectern.certificate.expiry", served, CertificateMetrics::expiry)
                .description("End of the server's certificate, in seconds since 1970; NaN without HTTPS")
                .baseUnit("seconds")
                .register(registry);
    }

    private static double expiry(ServedCertificate served) {
        return served.find()
                .map(certificate ->
                        (double) certificate.getNotAfter().toInstant().getEpochSecond())
                .orElse(Double.NaN);
    }
}
