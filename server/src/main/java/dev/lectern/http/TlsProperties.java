package dev.lectern.http;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTPS of the server, from PEM files or from a key store.
 *
 * @param certificate Path of a PEM file with the certificate of the server, followed by the intermediate ones. It turns HTTPS on at LECTERN_PORT; a
 *     changed file is used without a restart.
 * @param key Path of the PEM file with the private key of LECTERN_TLS_CERTIFICATE: PKCS#8, PKCS#1 or SEC1, RSA of 2048 bits or more, or EC.
 * @param keyPassword Password of the private key, in LECTERN_TLS_KEY or in the key store. Without it, the key of a key store has the password of
 *     the store.
 * @param keyStore Path of a key store (PKCS#12 or JKS) with certificate and key, instead of LECTERN_TLS_CERTIFICATE and LECTERN_TLS_KEY.
 * @param keyStorePassword Password of the key store.
 * @param keyAlias Name of the entry of the key store. It may be left out if the store has only one private key.
 * @param reloadEvery Interval at which the files are checked for changes, as 10s, 100ms to 1d. New connections get a changed certificate; a file that
 *     cannot be used is reported, and the certificate before it stays.
 * @param redirectPort TCP port for plain HTTP beside HTTPS, 0 to 65535, such as 80. Navigation to the page is redirected to HTTPS, everything else is
 *     refused with 403. Without it, the server answers no plain HTTP; 0 selects any free port.
 * @param publicPort Port of HTTPS in the addresses of the redirect, 1 to 65535, if a port mapping gives browsers another one than LECTERN_PORT. 0
 *     stands for LECTERN_PORT.
 * @param hsts Time for which browsers that came by HTTPS never use plain HTTP for this host name again (HSTS), as 365d, 0s to 730d. 0s makes browsers
 *     forget it. It is not sent for localhost.
 * @param hstsSubdomains Whether LECTERN_TLS_HSTS also holds for all names below the host name, also those of other servers.
 */
@ConfigurationProperties("lectern.tls")
public record TlsProperties(
        @DefaultValue("") String certificate,
        @DefaultValue("") String key,
        @DefaultValue("") Secret keyPassword,
        @DefaultValue("") String keyStore,
        @DefaultValue("") Secret keyStorePassword,
        @DefaultValue("") String keyAlias,
        @DefaultValue("10s") Duration reloadEvery,
        @Nullable Integer redirectPort,
        @DefaultValue("0") int publicPort,
        @DefaultValue("365d") Duration hsts,
        @DefaultValue("false") boolean hstsSubdomains) {
    private static final int MAX_PORT = 65_535;

    public TlsProperties {
        SettingValidator settings = SettingValidator.of("lectern.tls")
                .requireBetween("reload-every", reloadEvery, Duration.ofMillis(100), Duration.ofDays(1))
                .requireBetween("public-port", publicPort, 0, MAX_PORT)
                .requireBetween("hsts", hsts, Duration.ZERO, Duration.ofDays(730));
        if (redirectPort != null) {
            settings.requireBetween("redirect-port", redirectPort, 0, MAX_PORT);
        }
        requireOneForm(certificate, key, keyStore);
        if (redirectPort != null && certificate.isBlank() && keyStore.isBlank()) {
            throw new InvalidSettingException(
                    "LECTERN_TLS_REDIRECT_PORT requires HTTPS. Set LECTERN_TLS_CERTIFICATE and LECTERN_TLS_KEY, or remove"
                            + " it.");
        }
    }

    private static void requireOneForm(String certificate, String key, String keyStore) {
        boolean pem = !certificate.isBlank() || !key.isBlank();
        if (pem && !keyStore.isBlank()) {
            throw new InvalidSettingException((certificate.isBlank() ? "LECTERN_TLS_KEY" : "LECTERN_TLS_CERTIFICATE")
                    + " and LECTERN_TLS_KEY_STORE are both set. Remove one of them.");
        }
        if (pem && key.isBlank()) {
            throw new InvalidSettingException(
                    "LECTERN_TLS_CERTIFICATE requires LECTERN_TLS_KEY. Set it to the path of the PEM file with the private"
                            + " key.");
        }
        if (pem && certificate.isBlank()) {
            throw new InvalidSettingException(
                    "LECTERN_TLS_KEY requires LECTERN_TLS_CERTIFICATE. Set it to the path of the PEM file with the"
                            + " certificate.");
        }
    }

    /** Whether the server speaks HTTPS. */
    public boolean isEnabled() {
        return !certificate.isBlank() || !keyStore.isBlank();
    }

    /** The variable that names the file with the certificate. */
    public String certificateVariable() {
        return keyStore.isBlank() ? "LECTERN_TLS_CERTIFICATE" : "LECTERN_TLS_KEY_STORE";
    }
}
