package dev.lectern.index.qdrant;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Lectern uses Qdrant. What says "new collections" is looked at when a collection is made, and no more.
 *
 * @param collectionPrefix Prefix of the names of Lectern's Qdrant collections, 1 to 64 letters, digits, - and _. Libraries on the same
 *     Qdrant server need different prefixes; collections of another library are refused.
 * @param shardNumber Number of shards of new collections, 0 to 1000. 0 lets Qdrant create one for each of its nodes; existing
 *     collections do not change.
 * @param replicationFactor Number of copies of each shard of new collections, 1 to 100. Existing collections do not change.
 * @param writeConsistencyFactor Number of copies that must confirm a write in new collections, 1 to the replication factor. Existing collections
 *     do not change.
 * @param vectorsOnDisk Whether new collections store the unquantised embeddings on disk instead of in memory. Quantised embeddings are
 *     always in memory.
 * @param graphOnDisk Whether new collections store the HNSW graph on disk instead of in memory.
 * @param wordsOnDisk Whether new collections store the sparse vectors of terms on disk instead of in memory.
 * @param payloadOnDisk Whether new collections store the payload, which holds the ids of passages, on disk instead of in memory.
 * @param batchPassages Maximum number of passages in one request, 1 to 10,000. A lower limit of Qdrant's strict mode wins.
 * @param connectTimeout Maximum time to connect to Qdrant, as 5s, 1ms to 1h. A longer attempt fails and is retried.
 * @param searchTimeout Maximum time for one search in Qdrant, as 10s, 1ms to 1h. A longer search fails with 504; an earlier deadline of the
 *     request wins.
 * @param writeTimeout Maximum time for one write or count in Qdrant, as 60s, 1ms to 1h. A longer request fails.
 * @param attempts Maximum number of attempts of a request when the connection is lost, including the first, 1 to 10.
 * @param certificates Path of a PEM file with certificate authorities for https, used instead of those of the Java runtime. When
 *     empty, the Java runtime's are used.
 */
@ConfigurationProperties("lectern.index.qdrant")
public record QdrantIndexProperties(
        @DefaultValue("lectern") String collectionPrefix,
        @DefaultValue("0") int shardNumber,
        @DefaultValue("1") int replicationFactor,
        @DefaultValue("1") int writeConsistencyFactor,
        @DefaultValue("true") boolean vectorsOnDisk,
        @DefaultValue("false") boolean graphOnDisk,
        @DefaultValue("false") boolean wordsOnDisk,
        @DefaultValue("true") boolean payloadOnDisk,
        @DefaultValue("256") int batchPassages,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration searchTimeout,
        @DefaultValue("60s") Duration writeTimeout,
        @DefaultValue("3") int attempts,
        @DefaultValue("") String certificates) {
    private static final Duration MAX_TIME = Duration.ofHours(1);

    public QdrantIndexProperties {
        SettingValidator.of("lectern.index.qdrant")
                .require(
                        "collection-prefix",
                        collectionPrefix,
                        collectionPrefix.matches("[A-Za-z0-9_-]{1,64}"),
                        "1 to 64 letters, digits, - and _")
                .requireBetween("shard-number", shardNumber, 0, 1_000)
                .requireBetween("replication-factor", replicationFactor, 1, 100)
                .requireBetween("write-consistency-factor", writeConsistencyFactor, 1, replicationFactor)
                .requireBetween("batch-passages", batchPassages, 1, 10_000)
                .requireBetween("connect-timeout", connectTimeout, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("search-timeout", searchTimeout, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("write-timeout", writeTimeout, Duration.ofMillis(1), MAX_TIME)
                .requireBetween("attempts", attempts, 1, 10);
    }
}
