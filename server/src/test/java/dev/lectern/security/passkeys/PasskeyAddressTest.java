package dev.lectern.security.passkeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.http.ExternalAddress;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasskeyAddressTest {
    private static final ExternalAddress PUBLIC = new ExternalAddress("https", "docs.example.org", 443, "/lectern");

    @ParameterizedTest
    @CsvSource({"https, docs.example.org, 443", "https, lectern, 8443", "http, localhost, 8080", "http, a.localhost, 80"
    })
    void nameUnderHttps_orLocalhost_hasPasskeys(String scheme, String host, int port) {
        assertThat(refuse(Optional.empty(), new ExternalAddress(scheme, host, port, "")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http, docs.example.org, 80, HTTPS_REQUIRED, https://",
        "http, localhost.example.org, 80, HTTPS_REQUIRED, http://localhost.example.org",
        "http, 127.0.0.1, 8080, ORIGIN_NOT_ALLOWED, localhost",
        "https, 192.0.2.1, 443, ORIGIN_NOT_ALLOWED, by its name",
        "https, [2001:db8::1], 443, ORIGIN_NOT_ALLOWED, by its name",
        "http, '', 80, ORIGIN_NOT_ALLOWED, by its name"
    })
    void otherAddress_isRefused_withWhatToOpen(String scheme, String host, int port, ErrorCode code, String remedy) {
        LecternException refusal = refuse(Optional.empty(), new ExternalAddress(scheme, host, port, ""))
                .orElseThrow();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(remedy);
    }

    @Test
    void publicAddress_isTheOnlyOne() {
        assertThat(refuse(Optional.of(PUBLIC), PUBLIC)).isEmpty();
        for (ExternalAddress other : new ExternalAddress[] {
            new ExternalAddress("http", "localhost", 8080, ""),
            new ExternalAddress("https", "docs.example.org", 8443, ""),
            new ExternalAddress("https", "other.example.org", 443, "")
        }) {
            assertThat(refuse(Optional.of(PUBLIC), other))
                    .hasValueSatisfying(
                            refusal -> assertThat(refusal).hasMessageContaining("Open https://docs.example.org."));
        }
    }

    private static Optional<LecternException> refuse(Optional<ExternalAddress> named, ExternalAddress opened) {
        return new PasskeyAddress(named).refuse(opened);
    }
}
