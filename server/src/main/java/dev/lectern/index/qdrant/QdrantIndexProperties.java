package dev.lectern.index.qdrant;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Lectern uses Qdrant. What says "new collections" is looked at when a collection is made, and no more.
 *
 * @param collectionPrefix what the names of its collections begin with, 1 to 64 letters, digits, - and _; libraries that share a Qdrant need different ones, and refuse each other's collections
 * @param shardNumber shards of new collections; 0 leaves it to Qdrant, which makes one for each of its nodes
 * @param replicationFactor copies of each shard of new collections, 1 or more
 * @param writeConsistencyFactor copies that must have taken a change before it counts, in new collections, 1 or more
 * @param vectorsOnDisk whether the unquantised embeddings of new collections are read from the disk; the quantised ones are always in memory
 * @param graphOnDisk whether the graph of the embeddings of new collections is read from the disk
 * @param wordsOnDisk whether the words of new collections are read from the disk
 * @param payloadOnDisk whether the ids that belong to passages are read from the disk, in new collections
 * @param batchPassages passages that are sent in one request, 1 to 10,000; less where Qdrant's strict mode allows less
 * @param connectTimeout how long connecting may take, as 5s
 * @param searchTimeout how long one search may take, as 10s; less where the request has less time left
 * @param writeTimeout how long one request that changes or counts may take, as 60s
 * @param attempts how often a request is tried when the connection is lost, in all; 1 or more
 * @param certificates a PEM file with the authorities to trust instead of the Java machine's, for https
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

    public QdrantIndexProperties {
        require(
                collectionPrefix.matches("[A-Za-z0-9_-]{1,64}"),
                "COLLECTION_PREFIX takes 1 to 64 letters, digits, - and _");
        require(shardNumber >= 0 && shardNumber <= 1_000, "SHARD_NUMBER takes 0 to 1000");
        require(replicationFactor >= 1 && replicationFactor <= 100, "REPLICATION_FACTOR takes 1 to 100");
        require(
                writeConsistencyFactor >= 1 && writeConsistencyFactor <= replicationFactor,
                "WRITE_CONSISTENCY_FACTOR takes 1 to LECTERN_INDEX_QDRANT_REPLICATION_FACTOR");
        require(batchPassages >= 1 && batchPassages <= 10_000, "BATCH_PASSAGES takes 1 to 10000");
        require(attempts >= 1 && attempts <= 10, "ATTEMPTS takes 1 to 10");
        require(connectTimeout.isPositive(), "CONNECT_TIMEOUT takes a time above zero, such as 5s");
        require(searchTimeout.isPositive(), "SEARCH_TIMEOUT takes a time above zero, such as 10s");
        require(writeTimeout.isPositive(), "WRITE_TIMEOUT takes a time above zero, such as 60s");
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new LecternException(ErrorCode.INVALID_REQUEST, "LECTERN_INDEX_QDRANT_" + sentence + ".");
        }
    }
}
