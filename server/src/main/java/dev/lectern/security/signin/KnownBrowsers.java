package dev.lectern.security.signin;

import dev.lectern.security.HostCookie;
import dev.lectern.security.SigningKeyRepository;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Browsers in which a person has signed in before, known by a signed cookie for each name. It signs nobody in: it only keeps the attempts of this browser apart from those
 * of strangers, so that these cannot lock the person out. Thread-safe.
 */
@Component
class KnownBrowsers {
    private static final String KEY = "known_browser";
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration LIFETIME = Duration.ofDays(180);
    private static final int NAME_DIGITS = 12;
    private static final int MAX_LENGTH = 128;

    private final SigningKeyRepository keys;
    private final IdGenerator ids;

    KnownBrowsers(SigningKeyRepository keys, IdGenerator ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /**
     * The id of a browser.
     *
     * @param name that somebody wants to sign in with, folded
     * @return empty for a browser in which nobody has signed in with this name
     */
    Optional<String> find(String name, HttpServletRequest request) {
        return cookie(name).read(request).stream()
                .filter(value -> value.length() <= MAX_LENGTH)
                .flatMap(value -> verify(value, name).stream())
                .findFirst();
    }

    /** Remembers that a person has signed in with this browser. */
    void remember(String name, HttpServletRequest request, HttpServletResponse response) {
        String browser = find(name, request).orElseGet(ids::next);
        cookie(name).add(browser + "." + sign(browser, name), LIFETIME, request, response);
    }

    private Optional<String> verify(String value, String name) {
        int dot = value.lastIndexOf('.');
        if (dot < 1) {
            return Optional.empty();
        }
        String browser = value.substring(0, dot);
        byte[] received = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sign(browser, name).getBytes(StandardCharsets.UTF_8), received)
                ? Optional.of(browser)
                : Optional.empty();
    }

    private static HostCookie cookie(String name) {
        return new HostCookie("lectern_browser_" + Sha256.hex(name).substring(0, NAME_DIGITS));
    }

    private String sign(String browser, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(keys.getOrCreate(KEY), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal((browser + ":" + name).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
