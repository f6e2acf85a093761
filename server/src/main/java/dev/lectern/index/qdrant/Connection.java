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
 * Calls Qdrant: each call with a deadline, and again when the connection was lost on the way, which is harmless since every request of ours may be
 * carried out twice. Thread-safe; callers block, as virtual threads may.
 */
final class Connection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final Duration PROBE = Duration.ofMillis(800);

    /** One request; the stubs carry the deadline already. */
    interface Request<T> {
        ListenableFuture<T> send(PointsFutureStub points, CollectionsFutureStub collections);
    }

    private final QdrantGrpcClient client;
    private final EventLoopGroup loop;
    private final QdrantIndexProperties settings;
    private final InstantSource clock;
    private final Failures failures;
    private final CircuitBreaker circuitBreaker;
    private final AtomicBoolean closed = new AtomicBoolean();

    Connection(
            QdrantAddress address,
            QdrantProperties access,
            QdrantIndexProperties settings,
            CircuitBreaker circuitBreaker,
            Executor executor,
            InstantSource clock) {
        this.settings = settings;
        this.circuitBreaker = circuitBreaker;
        this.clock = clock;
        this.failures = new Failures(address);
        this.loop = Channels.loop();
        QdrantGrpcClient.Builder builder =
                QdrantGrpcClient.newBuilder(Channels.open(address, settings, loop, executor), false, false);
        this.client = access.apiKey().isEmpty()
                ? builder.build()
                : builder.withApiKey(access.apiKey().reveal()).build();
    }

    Failures failures() {
        return failures;
    }

    /** The moment when a request that changes or counts has taken too long. */
    Deadline forWriting() {
        return Deadline.in(settings.writeTimeout(), clock);
    }

    /** The moment when a search has taken too long. */
    Deadline forSearching(Deadline deadline) {
        return deadline.atMost(settings.searchTimeout(), clock);
    }

    /** @throws LecternException {@code DEADLINE_EXCEEDED} when it has passed */
    void requireLeft(Deadline deadline) {
        if (deadline.hasPassed(clock)) {
            throw Failures.late(null);
        }
    }

    /** The moment when looking how things are has taken too long. */
    Deadline forProbing() {
        return Deadline.in(PROBE, clock);
    }

    /** Qdrant's version, by the cheapest call there is. */
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
     * Reads. An interrupt gives the call up and stays set.
     *
     * @throws LecternException as the port says
     */
    <T> T read(Deadline deadline, Request<T> request) {
        return counted(() -> await(deadline, settings.attempts(), request, true));
    }

    /**
     * Changes. It is waited for in spite of an interrupt, which stays set: who is interrupted half way would not know what is there.
     *
     * @throws LecternException as the port says
     */
    <T> T write(Deadline deadline, Request<T> request) {
        return counted(() -> await(deadline, settings.attempts(), request, false));
    }

    /** Through the circuit, for which a refusal is an answer: of several that make a collection at the same time one is let, and Qdrant is well. */
    private <T> T counted(Supplier<T> call) {
        Supplier<T> outcome = circuitBreaker.call(() -> {
            try {
                T value = call.get();
                return () -> value;
            } catch (LecternException e) {
                if (Failures.isRefusal(e)) {
                    return () -> {
                        throw e;
                    };
                }
                throw e;
            }
        });
        return outcome.get();
    }

    /** Once and without waiting long, for looking how things are. */
    <T> T probe(Request<T> request) {
        return await(forProbing(), 1, request, true);
    }

    private <T> T await(Deadline deadline, int attempts, Request<T> request, boolean interruptible) {
        for (int attempt = 1; ; attempt++) {
            Throwable failure;
            try {
                return once(deadline, request, interruptible);
            } catch (ExecutionException e) {
                failure = e.getCause() == null ? e : e.getCause();
            }
            boolean lost = Failures.isLost(failure);
            if (lost) {
                // Otherwise gRPC waits longer each time, in the end minutes, before it connects to a Qdrant that came
                // back.
                client.channel().resetConnectBackoff();
            }
            long pause = FIRST_PAUSE_MILLIS << (2 * (attempt - 1));
            if (!lost || attempt >= attempts || deadline.remaining(clock).toMillis() <= pause || closed.get()) {
                throw closed.get() ? failures.closed() : failures.of(failure);
            }
            pause(pause);
        }
    }

    private <T> T once(Deadline deadline, Request<T> request, boolean interruptible) throws ExecutionException {
        if (closed.get()) {
            throw failures.closed();
        }
        long millis = deadline.remaining(clock).toMillis();
        if (millis <= 0) {
            throw Failures.late(null);
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
            throw failures.interrupted(e);
        }
    }

    /** Ends with the call's own deadline at the latest. */
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
            // The client's own closing would wait for calls and forget an interrupt.
            client.channel().shutdownNow();
            if (!loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS)) {
                log.debug("The thread of the connection to Qdrant ends later");
            }
        }
    }
}
