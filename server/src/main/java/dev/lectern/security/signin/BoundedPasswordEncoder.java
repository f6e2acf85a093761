package dev.lectern.security.signin;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Lets few passwords be hashed at once, as many as there are processors: each takes one of them and 19 MiB. Others wait for up to 10 s, then are refused. Thread-safe.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final PasswordEncoder encoder;
    private final Semaphore permits;
    private final Duration maxWait;

    BoundedPasswordEncoder(PasswordEncoder encoder) {
        this(encoder, Runtime.getRuntime().availableProcessors(), MAX_WAIT);
    }

    BoundedPasswordEncoder(PasswordEncoder encoder, int atOnce, Duration maxWait) {
        this.encoder = encoder;
        this.permits = new Semaphore(atOnce, true);
        this.maxWait = maxWait;
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return run(() -> encoder.encode(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
        return run(() -> encoder.matches(password, encoded));
    }

    @Override
    public boolean upgradeEncoding(@Nullable String encoded) {
        return encoder.upgradeEncoding(encoded);
    }

    private <T extends @Nullable Object> T run(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw LecternException.withRetryAfter(
                        ErrorCode.OVERLOADED,
                        "Too many people sign in at this moment. Try again in a few seconds.",
                        RETRY_AFTER);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new LecternException(ErrorCode.SHUTTING_DOWN, "The server is shutting down. Try again.", stop);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
