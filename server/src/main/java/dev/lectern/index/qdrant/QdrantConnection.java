package dev.lectern.index.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsFutureStub;
import io.qdrant.client.grpc.PointsGrpc.PointsFutureStub;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to Qdrant. Each call has a deadline and is repeated when the connection is lost; this is safe because all requests are idempotent.
 * Thread-safe; calls block the (virtual) thread.
 */
final class QdrantConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QdrantConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final Duration PROBE = Duration.ofMillis(800);

    /** One request; the deadline is already set on the stubs. */
    interface Request<T> {
        ListenableFuture<T> send(PointsFutureStub points, CollectionsFutureStub collections);
    }

    private final QdrantGrpcClient client;
    private final EventLoopGroup loop;
    private final QdrantIndexProperties settings;
    private final InstantSource clock;
    private final QdrantExceptionTranslator qdrantExceptionTranslator;
    private final CircuitBreaker circuitBreaker;
    private final AtomicBoolean closed = new AtomicBoolean();

    QdrantConnection(
            QdrantAddress address,
            QdrantProperties access,
            QdrantIndexProperties settings,
            CircuitBreaker circuitBreaker,
            Executor executor,
            InstantSource clock) {
        this.settings = settings;
        this.circuitBreaker = circuitBreaker;
        this.clock = clock;
        this.qdrantExceptionTranslator = new QdrantExceptionTranslator(address);
        this.loop = QdrantChannelFactory.newEventLoop();
        QdrantGrpcClient.Builder builder =
                QdrantGrpcClient.newBuilder(QdrantChannelFactory.open(address, settings, loop, executor), false, false);
        this.client = access.apiKey().isEmpty()
                ? builder.build()
                : builder.withApiKey(access.apiKey().reveal()).build();
    }

    QdrantExceptionTranslator failures() {
        return qdrantExceptionTranslator;
    }

    /** The deadline of a write or count that starts now. */
    Deadline writeDeadline() {
        return Deadline.in(settings.writeTimeout(), clock);
    }

    /** The earlier of the given deadline and the search time-out. */
    Deadline searchDeadline(Deadline deadline) {
        return deadline.atMost(settings.searchTimeout(), clock);
    }

    /** @throws LecternException {@code DEADLINE_EXCEEDED} when the deadline has passed */
    void requireNotExpired(Deadline deadline) {
        if (deadline.hasPassed(clock)) {
            throw QdrantExceptionTranslator.deadlineExceeded(null);
        }
    }

    /** The deadline of a health check that starts now. */
    Deadline probeDeadline() {
        return Deadline.in(PROBE, clock);
    }

    /** Qdrant's version, by its health check call. */
    String version(Deadline deadline) {
        return await(
                        deadline,
                        1,
                        (points, collections) -> client.qdrant()
                                .withDeadlineAfter(deadline.remaining(clock).toMillis(), TimeUnit.MILLISECONDS)
                                .healthCheck(HealthCheckRequest.getDefaultInstance()),
                        true)
                .getVersion();
    }

    /**
     * Sends a read request. An interrupt cancels the call; the interrupt status is restored.
     *
     * @throws LecternException as documented at {@link PassageIndex}
     */
    <T> T read(Deadline deadline, Request<T> request) {
        return callThroughCircuit(() -> await(deadline, settings.attempts(), request, true));
    }

    /**
     * Sends a write request. An interrupt does not cancel the call, since its outcome would be unknown; the interrupt status is restored.
     *
     * @throws LecternException as documented at {@link PassageIndex}
     */
    <T> T write(Deadline deadline, Request<T> request) {
        return callThroughCircuit(() -> await(deadline, settings.attempts(), request, false));
    }

    /** Calls through the circuit breaker. A refused request counts as success, for instance when several nodes create a collection at the same time. */
    private <T> T callThroughCircuit(Supplier<T> call) {
        Supplier<T> outcome = circuitBreaker.call(() -> {
            try {
                T value = call.get();
                return () -> value;
            } catch (LecternException e) {
                if (QdrantExceptionTranslator.isRefusal(e)) {
                    return () -> {
                        throw e;
                    };
                }
                throw e;
            }
        });
        return outcome.get();
    }

    /** Sends a health check request once, with a short deadline. */
    <T> T probe(Request<T> request) {
        return await(probeDeadline(), 1, request, true);
    }

    private <T> T await(Deadline deadline, int attempts, Request<T> request, boolean interruptible) {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return once(deadline, request, interruptible);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            }
            boolean lost = QdrantExceptionTranslator.isLost(failure);
            if (lost) {
                // Otherwise gRPC's exponential back-off delays the reconnect to a restarted Qdrant, eventually by
                // minutes.
                client.channel().resetConnectBackoff();
            }
            long pause = FIRST_PAUSE_MILLIS << (2 * (attempt - 1));
            if (!lost || attempt >= attempts || deadline.remaining(clock).toMillis() <= pause || closed.get()) {
                throw closed.get() ? qdrantExceptionTranslator.closed() : qdrantExceptionTranslator.of(failure);
            }
            pause(pause);
        }
    }

    private <T> T once(Deadline deadline, Request<T> request, boolean interruptible) throws ExecutionException {
        if (closed.get()) {
            throw qdrantExceptionTranslator.closed();
        }
        long millis = deadline.remaining(clock).toMillis();
        if (millis <= 0) {
            throw QdrantExceptionTranslator.deadlineExceeded(null);
        }
        ListenableFuture<T> answer = request.send(
                client.points().withDeadlineAfter(millis, TimeUnit.MILLISECONDS),
                client.collections().withDeadlineAfter(millis, TimeUnit.MILLISECONDS));
        return interruptible ? interruptibly(answer) : uninterruptibly(answer);
    }

    private <T> T interruptibly(ListenableFuture<T> answer) throws ExecutionException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw qdrantExceptionTranslator.interrupted(e);
        }
    }

    /** The wait ends with the deadline of the call. */
    private static <T> T uninterruptibly(ListenableFuture<T> answer) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            // QdrantClient.close() would wait for running calls and clear the interrupt status.
            client.channel().shutdownNow();
            if (!loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS)) {
                log.debug("The event loop of the Qdrant connection did not stop within 2 s");
            }
        }
    }
}
