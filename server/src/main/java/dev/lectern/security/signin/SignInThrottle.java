package dev.lectern.security.signin;

import dev.lectern.caching.TokenBuckets;
import dev.lectern.caching.TokenBuckets.Balance;
import dev.lectern.caching.TokenBuckets.Limit;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.QuotaExceededException;
import dev.lectern.shared.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Bounds how often passwords are guessed. Attempts of browsers in which the person has signed in before count by themselves, so that strangers lock nobody out. Others
 * count for the name and for name and address; failures also count for the address, once for each name, so that one person who forgets a password stops nobody
 * else behind the same address. A name that nobody has is treated alike. Thread-safe.
 */
@Component
public class SignInThrottle {
    /** A bucket is full again an hour after its first use, so that within no hour more than twice as many are taken: at most 100 guesses. */
    static final Limit NAME = perHour(50);

    static final Limit NAME_AND_ADDRESS = perHour(20);
    static final Limit BROWSER = perHour(50);
    /** Names under which sign-ins of one address failed. */
    static final Limit ADDRESS = perHour(100);

    /** Passkeys of one address that failed. Nobody can guess one, so this only bounds the work, far above what the people behind one address need. */
    static final Limit PASSKEYS = perHour(500);

    private static final String WITHOUT_PASSWORD = "use a browser in which you have signed in before, or ask an"
            + " administrator for a link to choose another password";

    private static final Limit ONCE = perHour(1);

    private final TokenBuckets buckets;

    SignInThrottle(TokenBuckets buckets) {
        this.buckets = buckets;
    }

    /**
     * One attempt to sign in.
     *
     * @param name key of the name
     */
    record Attempt(String name, String address, boolean isOfKnownBrowser) {
        private String pair() {
            return name + ":" + address;
        }
    }

    private static Limit perHour(long tokens) {
        return new Limit(tokens, Duration.ofHours(1));
    }

    /**
     * Counts an attempt.
     *
     * @param name folded, whether somebody has it or not
     * @param browser the id of a known browser
     * @throws QuotaExceededException when there were too many
     */
    Attempt begin(String name, ClientAddress address, Optional<String> browser) {
        Attempt attempt = new Attempt(Sha256.hex(name), address.key(), browser.isPresent());
        if (browser.isPresent()) {
            take("browser", attempt.name() + ":" + browser.get(), BROWSER);
            return attempt;
        }
        Balance ofAddress = buckets.peek(bucket("address", attempt.address()), ADDRESS);
        boolean hasFailed =
                !buckets.peek(bucket("failed", attempt.pair()), ONCE).taken();
        if (!ofAddress.taken() && !hasFailed) {
            throw exceeded("address", ofAddress, WITHOUT_PASSWORD);
        }
        take("name-and-address", attempt.pair(), NAME_AND_ADDRESS);
        take("name", attempt.name(), NAME);
        return attempt;
    }

    /** Counts that an attempt failed. */
    void fail(Attempt attempt) {
        if (!attempt.isOfKnownBrowser()
                && buckets.take(bucket("failed", attempt.pair()), ONCE).taken()) {
            Balance _ = buckets.take(bucket("address", attempt.address()), ADDRESS);
        }
    }

    /**
     * Counts that somebody who has signed in enters the password or a code again.
     *
     * @throws QuotaExceededException when there were too many
     */
    void confirm(String userId) {
        take("confirmation", userId, BROWSER);
    }

    /** @throws QuotaExceededException after too many passkeys of an address that failed */
    public void requirePasskeyQuota(ClientAddress address) {
        Balance balance = buckets.peek(bucket("passkey", address.key()), PASSKEYS);
        if (!balance.taken()) {
            throw exceeded("passkey", balance, "sign in with your password");
        }
    }

    /** Counts that a passkey failed. */
    public void failPasskey(ClientAddress address) {
        Balance _ = buckets.take(bucket("passkey", address.key()), PASSKEYS);
    }

    private void take(String kind, String key, Limit limit) {
        Balance balance = buckets.take(bucket(kind, key), limit);
        if (!balance.taken()) {
            throw exceeded(kind, balance, WITHOUT_PASSWORD);
        }
    }

    private static String bucket(String kind, String key) {
        return "sign-in-" + kind + ":" + key;
    }

    private static QuotaExceededException exceeded(String kind, Balance balance, String wayOut) {
        long minutes = Math.max(1, balance.untilReset().plusSeconds(59).toMinutes());
        return new QuotaExceededException(
                "There were too many attempts to sign in. Try again in " + minutes
                        + (minutes == 1 ? " minute" : " minutes")
                        + ", " + wayOut + ".",
                List.of("sign-in-" + kind),
                balance.untilReset());
    }
}
