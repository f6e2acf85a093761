package dev.lectern.observability.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class Resilience4jRegistryTest {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Moving clock = new Moving();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Resilience4jRegistry circuits =
            new Resilience4jRegistry(new CircuitBreakerProperties(3, PAUSE), clock, meters);
    private final CircuitBreaker circuitBreaker = circuits.of("gemini:flash", ErrorCode.MODEL_UNAVAILABLE);
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void call_failuresInARow_sendNothingMoreUntilOneTryWorks() {
        fail(ErrorCode.MODEL_UNAVAILABLE, 3);
        assertThat(sent).hasValue(3);
        fail(ErrorCode.MODEL_UNAVAILABLE, 2);
        assertThat(sent).as("stopped").hasValue(3);
        assertThat(meters.get("lectern.circuit.open").gauge().value()).isEqualTo(1);
        assertThat(health()).isEqualTo(State.WARNING);

        clock.now = clock.now.plus(PAUSE).plusMillis(1);
        assertThat(works()).isEqualTo("answer");
        assertThat(works()).isEqualTo("answer");
        assertThat(meters.get("lectern.circuit.open").gauge().value()).isZero();
        assertThat(health()).isEqualTo(State.UP);
    }

    @Test
    void call_tryThatFails_stopsForAnotherPause() {
        fail(ErrorCode.DEADLINE_EXCEEDED, Duration.ofSeconds(2), 3);
        clock.now = clock.now.plus(PAUSE).plusMillis(1);
        fail(ErrorCode.INDEX_UNAVAILABLE, 1);
        assertThat(sent).hasValue(4);
        fail(ErrorCode.INDEX_UNAVAILABLE, 1);
        assertThat(sent).hasValue(4);
    }

    @Test
    void call_whileOneTries_letsNoOtherThrough() throws InterruptedException {
        fail(ErrorCode.MODEL_UNAVAILABLE, 3);
        clock.now = clock.now.plus(PAUSE).plusMillis(1);
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread probe = Thread.startVirtualThread(() -> circuitBreaker.call(() -> {
            trying.countDown();
            await(end);
            return "answer";
        }));
        await(trying);
        fail(ErrorCode.MODEL_UNAVAILABLE, 2);
        assertThat(sent).hasValue(3);
        end.countDown();
        probe.join();
        assertThat(works()).isEqualTo("answer");
    }

    @Test
    void call_stopped_saysWhoAndWhenToComeBack() {
        fail(ErrorCode.MODEL_UNAVAILABLE, 3);
        assertThatThrownBy(this::works).isInstanceOfSatisfying(LecternException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
            assertThat(e.getMessage()).startsWith("gemini:flash failed several times in a row");
            assertThat(e.retryAfter()).contains(PAUSE);
        });
    }

    @Test
    void call_answerBetweenFailures_keepsTheCircuitClosed() {
        fail(ErrorCode.MODEL_UNAVAILABLE, 2);
        works();
        fail(ErrorCode.MODEL_UNAVAILABLE, 2);
        works();
        fail(ErrorCode.INVALID_REQUEST, 9);
        assertThat(sent).as("a refused request of one reader is an answer").hasValue(15);
    }

    @Test
    void call_modelThatRefusesEveryCall_isNotCalledUntilATryWorks() {
        fail(ErrorCode.MODEL_FAILED, 3);
        fail(ErrorCode.MODEL_UNAVAILABLE, 2);
        assertThat(sent).as("a refused key opens the circuit").hasValue(3);
        clock.now = clock.now.plus(PAUSE).plusMillis(1);
        assertThat(works()).isEqualTo("answer");
        assertThat(health()).isEqualTo(State.UP);
    }

    @Test
    void call_interruptedCallers_doNotCount() {
        for (int i = 0; i < 9; i++) {
            Thread.currentThread().interrupt();
            fail(ErrorCode.INDEX_UNAVAILABLE, 1);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(sent).hasValue(9);
    }

    @Test
    void call_deadlinesThatWereAllButOver_doNotCount() {
        fail(ErrorCode.DEADLINE_EXCEEDED, Duration.ofMillis(900), 9);
        assertThat(sent).hasValue(9);
        assertThat(works()).isEqualTo("answer");
    }

    @Test
    void call_answersThatTookMinutes_doNotCount() {
        for (int i = 0; i < 9; i++) {
            circuitBreaker.call(() -> clock.now = clock.now.plus(Duration.ofMinutes(2)));
        }
        assertThat(health()).isEqualTo(State.UP);
        assertThat(works()).isEqualTo("answer");
    }

    @Test
    void of_sameName_isTheSameCircuit() {
        assertThat(circuits.of("gemini:flash", ErrorCode.MODEL_UNAVAILABLE)).isSameAs(circuitBreaker);
    }

    private void fail(ErrorCode code, int times) {
        fail(code, Duration.ZERO, times);
    }

    private void fail(ErrorCode code, Duration after, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> circuitBreaker.call(() -> {
                        sent.incrementAndGet();
                        clock.now = clock.now.plus(after);
                        throw new LecternException(code, "Gone.");
                    }))
                    .isInstanceOf(LecternException.class);
        }
    }

    private String works() {
        return circuitBreaker.call(() -> {
            sent.incrementAndGet();
            return "answer";
        });
    }

    private State health() {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("circuits", circuits);
        return new CircuitBreakerHealthCheck(beans.getBeanProvider(Resilience4jRegistry.class))
                .check()
                .state();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
