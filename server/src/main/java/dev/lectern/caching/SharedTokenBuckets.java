package dev.lectern.caching;

import dev.lectern.caching.caffeine.LocalTokenBuckets;
import dev.lectern.caching.redis.RedisTokenBuckets;

/** Token buckets of all nodes, in Redis; those of this node alone while Redis is unavailable, full at first. */
final class SharedTokenBuckets implements TokenBuckets {
    private final RedisTokenBuckets shared;
    private final LocalTokenBuckets local;

    SharedTokenBuckets(RedisTokenBuckets shared, LocalTokenBuckets local) {
        this.shared = shared;
        this.local = local;
    }

    @Override
    public Balance take(String bucket, Limit limit) {
        return shared.take(bucket, limit).orElseGet(() -> local.take(bucket, limit));
    }

    @Override
    public Balance peek(String bucket, Limit limit) {
        return shared.peek(bucket, limit).orElseGet(() -> local.peek(bucket, limit));
    }
}
