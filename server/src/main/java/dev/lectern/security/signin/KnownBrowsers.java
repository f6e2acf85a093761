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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    /** How many people a browser is known for: their cookies are a part of the size that the headers of each of its requests may have. */
    static final int MAX_PEOPLE = 20;

    private static final String PREFIX = "lectern_browser_";
    private static final Pattern NAME =
            Pattern.compile("(?:__Host-)?(" + PREFIX + "[0-9a-f]{" + NAME_DIGITS + "})_.*");

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

    /** Remembers that a person has signed in with this browser, and forgets the one whom it has known longest if there are too many. */
    void remember(String name, HttpServletRequest request, HttpServletResponse response) {
        String browser = find(name, request).orElseGet(ids::next);
        cookie(name).add(browser + "." + sign(browser, name), LIFETIME, request, response);
        List<String> others = cookieNames(request)
                .filter(other -> !other.equals(cookieName(name)))
                .distinct()
                .filter(other -> new HostCookie(other).isIn(request))
                // The ids of browsers begin with the time.
                .sorted(Comparator.comparing(
                        other -> new HostCookie(other).read(request).getFirst()))
                .toList();
        others.subList(0, Math.max(0, others.size() - MAX_PEOPLE + 1))
                .forEach(oldest -> new HostCookie(oldest).delete(request, response));
    }

    /** Of this server and of others on the same host name. */
    private static Stream<String> cookieNames(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Stream::of)
                .map(cookie -> NAME.matcher(cookie.getName()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
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
        return new HostCookie(cookieName(name));
    }

    private static String cookieName(String name) {
        return PREFIX + Sha256.hex(name).substring(0, NAME_DIGITS);
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
