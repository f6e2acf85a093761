package dev.lectern.security.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.caching.caffeine.LocalTokenBuckets;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.http.QuotaExceededException;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
    private final SignInThrottle throttle = new SignInThrottle(new LocalTokenBuckets(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }));

    @Test
    void nameAttackedFrom1000Addresses_getsAtMost100GuessesInAnyHour_andItsOwnerIsLetIn() throws Exception {
        for (String name : new String[] {"owner", "nobody"}) {
            int[] guesses = new int[180];
            for (int minute = 0; minute < guesses.length; minute++) {
                for (int i = 0; i < 20; i++) {
                    int address = (minute * 20 + i) % 1_000;
                    guesses[minute] += isLetIn(name, "10.1." + address / 250 + "." + (address % 250 + 1)) ? 1 : 0;
                }
                assertThatCode(() -> throttle.begin("owner", address("192.0.2.1"), Optional.of("browser")))
                        .doesNotThrowAnyException();
                nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            }
            for (int from = 0; from + 30 <= guesses.length; from++) {
                int inAnHour = 0;
                for (int minute = from; minute < from + 30; minute++) {
                    inAnHour += guesses[minute];
                }
                assertThat(inAnHour).as(name).isBetween(1, 100);
            }
        }
    }

    @Test
    void of50PeopleBehindOneAddress_oneWhoFails200Times_stopsNobodyElse() throws Exception {
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += isLetIn("forgetful", "203.0.113.5") ? 0 : 1;
        }
        assertThat(refused).isEqualTo(200 - (int) SignInThrottle.NAME_AND_ADDRESS.tokens());
        for (int i = 0; i < 49; i++) {
            throttle.begin("colleague" + i, address("203.0.113.5"), Optional.empty());
        }
    }

    @Test
    void oneAddressThatFailsUnderManyNames_isRefused_butNotThoseBefore() throws Exception {
        for (int i = 0; i < SignInThrottle.ADDRESS.tokens(); i++) {
            assertThat(isLetIn("name" + i, "203.0.113.9")).isTrue();
        }
        assertThatThrownBy(() -> throttle.begin("another", address("203.0.113.9"), Optional.empty()))
                .isInstanceOfSatisfying(
                        QuotaExceededException.class,
                        exceeded -> assertThat(exceeded.policies()).containsExactly("sign-in-address"));
        assertThat(isLetIn("name0", "203.0.113.9")).isTrue();
        assertThat(isLetIn("another", "203.0.113.10")).isTrue();
        throttle.begin("another", address("203.0.113.9"), Optional.of("browser"));
    }

    /** An attempt that fails, if it is let in. */
    private boolean isLetIn(String name, String client) throws UnknownHostException {
        try {
            throttle.fail(throttle.begin(name, address(client), Optional.empty()));
            return true;
        } catch (QuotaExceededException exceeded) {
            return false;
        }
    }

    private static ClientAddress address(String client) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(client);
        return new ClientAddress(address, address, false, false, new ExternalAddress("http", "localhost", 80, ""));
    }
}
