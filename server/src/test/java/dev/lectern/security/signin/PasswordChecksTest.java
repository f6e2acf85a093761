package dev.lectern.security.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

@Timeout(60)
class PasswordChecksTest {
    private final PasswordEncoder encoder = new SignInConfiguration().passwordEncoder();

    @Test
    void hashes_areArgon2id_with19MiBAndTwoPasses() {
        String hash = Objects.requireNonNull(encoder.encode("correct horse battery staple"));
        assertThat(hash).startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(encoder.matches("correct horse battery staple", hash)).isTrue();
        assertThat(encoder.matches("correct horse battery stapl", hash)).isFalse();
        assertThat(encoder.upgradeEncoding(hash)).isFalse();
    }

    @Test
    void unknownName_isCheckedLikeAKnownOne() {
        List<String> checked = new ArrayList<>();
        PasswordEncoder recording = new PasswordEncoder() {
            @Override
            public String encode(@Nullable CharSequence password) {
                return "of nobody";
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
                checked.add(password + " against " + encoded);
                return false;
            }
        };
        AuthenticationManager manager = SignInConfiguration.managerOf(
                name -> {
                    if (name.equals("anna")) {
                        return new User("anna", "of anna", List.of());
                    }
                    throw new UsernameNotFoundException("nobody");
                },
                recording);
        for (String name : List.of("anna", "nobody")) {
            assertThatThrownBy(() ->
                            manager.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, "guess")))
                    .isInstanceOf(BadCredentialsException.class);
        }
        assertThat(checked).containsExactly("guess against of anna", "guess against of nobody");
    }

    @Test
    void moreChecksThanAllowedAtOnce_waitAndThenAreRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        PasswordEncoder slow = new PasswordEncoder() {
            @Override
            public String encode(@Nullable CharSequence password) {
                return "";
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
                calls.incrementAndGet();
                running.countDown();
                try {
                    release.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                return true;
            }
        };
        BoundedPasswordEncoder bounded = new BoundedPasswordEncoder(slow, 1, Duration.ofMillis(20));
        Thread first = Thread.startVirtualThread(() -> bounded.matches("a", "b"));
        running.await();
        assertThatThrownBy(() -> bounded.matches("a", "b")).isInstanceOfSatisfying(LecternException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal.retryAfter()).isPresent();
        });
        release.countDown();
        first.join();
        assertThat(bounded.matches("a", "b")).isTrue();
        assertThat(calls).hasValue(2);
    }
}
