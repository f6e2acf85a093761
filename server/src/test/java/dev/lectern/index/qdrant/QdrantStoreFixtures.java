package dev.lectern.index.qdrant;

import dev.lectern.index.IndexSearchProperties;
import dev.lectern.observability.circuits.CircuitBreakerProperties;
import dev.lectern.observability.circuits.Resilience4jRegistry;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.CircuitBreakerRegistry;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Creates Qdrant stores for tests; unspecified values have defaults. */
final class QdrantStoreFixtures {
    /** The library of all that does not say another. */
    static final String LIBRARY = "library-of-the-tests";

    private static final ExecutorService EXECUTOR = Executors.newVirtualThreadPerTaskExecutor();

    private QdrantStoreFixtures() {}

    static QdrantIndexStore open(String url, QdrantIndexProperties settings) {
        return open(url, Secret.NONE, settings);
    }

    static QdrantIndexStore open(String url, Secret key, QdrantIndexProperties settings) {
        return openFor(LIBRARY, url, key, settings);
    }

    /** As a server with another database does. */
    static QdrantIndexStore openFor(String library, String url, Secret key, QdrantIndexProperties settings) {
        return QdrantIndexStore.of(
                new QdrantProperties(url, key), settings, () -> library, EXECUTOR, Clock.systemUTC());
    }

    /** That compares every embedding only of scopes with at most so many passages. */
    static QdrantIndexStore openSearching(String url, Secret key, QdrantIndexProperties settings, int exactPassages) {
        return QdrantIndexStore.of(
                new QdrantProperties(url, key),
                settings,
                new IndexSearchProperties(exactPassages),
                () -> LIBRARY,
                CircuitBreaker.none(),
                EXECUTOR,
                Clock.systemUTC());
    }

    /** That stops being asked after two failures in a row. */
    static QdrantIndexStore openWithCircuit(String url, QdrantIndexProperties settings) {
        CircuitBreakerRegistry circuitBreakerRegistry = new Resilience4jRegistry(
                new CircuitBreakerProperties(2, Duration.ofMinutes(1)), Clock.systemUTC(), new SimpleMeterRegistry());
        return QdrantIndexStore.of(
                new QdrantProperties(url, Secret.NONE),
                settings,
                IndexSearchProperties.DEFAULT,
                () -> LIBRARY,
                circuitBreakerRegistry.of("qdrant", ErrorCode.INDEX_UNAVAILABLE),
                EXECUTOR,
                Clock.systemUTC());
    }

    static QdrantIndexProperties settings(String prefix) {
        return settings(prefix, Duration.ofSeconds(30));
    }

    static QdrantIndexProperties settings(String prefix, Duration timeout) {
        return new QdrantIndexProperties(
                prefix, 0, 1, 1, true, false, false, true, 256, Duration.ofSeconds(2), timeout, timeout, 3, "");
    }
}
