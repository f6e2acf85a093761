package dev.lectern.caching.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.lectern.caching.TokenBuckets;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;

/** Token buckets in the memory of this node. At most {@value #MAX_BUCKETS} are kept; beyond that, those that are used least are full again early. */
public final class LocalTokenBuckets implements TokenBuckets {
    /** About 20 MB. */
    static final int MAX_BUCKETS = 50_000;

    private final TimeMeter clock;
    private final Cache<String, LocalBucket> buckets;

    private record LocalBucket(Bucket bucket, Duration window) {}

    public LocalTokenBuckets(TimeMeter clock) {
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfter(Expiry.<String, LocalBucket>accessing((name, bucket) -> bucket.window()))
                .ticker(clock::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Balance take(String bucket, Limit limit) {
        ConsumptionProbe probe = bucketOf(bucket, limit).tryConsumeAndReturnRemaining(1);
        return new Balance(
                probe.isConsumed(), probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    @Override
    public Balance peek(String bucket, Limit limit) {
        VerboseResult<Long> result = bucketOf(bucket, limit).asVerbose().getAvailableTokens();
        return new Balance(
                result.getValue() > 0,
                result.getValue(),
                Duration.ofNanos(result.getDiagnostics().calculateFullRefillingTime()));
    }

    /** The buckets in memory, for tests. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucketOf(String name, Limit limit) {
        return buckets.get(name, absent -> new LocalBucket(createBucket(limit), limit.window()))
                .bucket();
    }

    private Bucket createBucket(Limit limit) {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.tokens()).refillIntervally(limit.tokens(), limit.window()))
                .withCustomTimePrecision(clock)
                .build();
    }
}
