package dev.lectern.index.qdrant;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.PassageSelection;
import dev.lectern.index.SearchScope;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract tests for several libraries with the same prefix on one Qdrant server: no library uses or changes another's index. */
@SuppressWarnings("NullAway.Init")
abstract class CollectionOwnershipContract {
    private static final SearchScope ALL = SearchScope.of(TestAccess.readable(Set.of(COLLECTION)));

    private final QdrantIndexProperties settings = QdrantStoreFixtures.settings("lectern-test-" + UUID.randomUUID());
    private final String name = new QdrantSchema(settings).name(FINGERPRINT);
    private final List<QdrantIndexStore> stores = new ArrayList<>();
    private ManagedChannel channel;
    private CollectionsBlockingStub collections;
    private QdrantIndexStore ours;
    private QdrantIndexStore theirs;

    /** The address of the server that is shared. */
    protected abstract String url();

    protected Secret key() {
        return Secret.NONE;
    }

    @BeforeEach
    final void open() {
        QdrantAddress address = QdrantAddress.of(url());
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER), key().reveal());
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address.host(), address.port())
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
        channel = address.tls() ? builder.build() : builder.usePlaintext().build();
        collections = CollectionsGrpc.newBlockingStub(channel);
        ours = node("ours");
        theirs = node("theirs");
    }

    private QdrantIndexStore node(String library) {
        QdrantIndexStore store = QdrantStoreFixtures.openFor(library, url(), key(), settings);
        stores.add(store);
        return store;
    }

    @AfterEach
    final void close() {
        collections.delete(DeleteCollection.newBuilder().setCollectionName(name).build());
        channel.shutdownNow();
        stores.forEach(QdrantIndexStore::close);
    }

    private Map<String, Value> metadata() {
        return collections
                .get(GetCollectionInfoRequest.newBuilder()
                        .setCollectionName(name)
                        .build())
                .getResult()
                .getConfig()
                .getMetadataMap();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INDEX_UNAVAILABLE))
                .hasMessageContaining("belongs to another library")
                .hasMessageContaining("LECTERN_INDEX_QDRANT_COLLECTION_PREFIX");
    }

    /** As an earlier version made it. */
    private CreateCollection unmarked() {
        return new QdrantSchema(settings).collection(FINGERPRINT);
    }

    @Test
    void anotherLibrarysIndex_isRefused_andLeftAsItIs() {
        theirs.open(FINGERPRINT).add(List.of(passage("a", "cat")));
        PassageIndex index = ours.open(FINGERPRINT);
        assertRefused(() -> index.count(ALL));
        assertRefused(() -> index.add(List.of(passage("b", "dog"))));
        assertRefused(() -> index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("a")))));
        assertRefused(() -> index.forEachDocument(document -> {}));
        assertRefused(index::check);
        assertThat(theirs.open(FINGERPRINT).count(ALL)).isOne();
        assertThat(metadata()).containsEntry("lectern_library", ValueFactory.value("theirs"));
    }

    @Test
    void indexOfAnEarlierVersion_isAdopted_andThenNobodyElses() {
        collections.create(unmarked());
        PassageIndex index = ours.open(FINGERPRINT);
        index.add(List.of(passage("a", "cat")));
        assertThat(metadata())
                .containsOnlyKeys("lectern_fingerprint", "lectern_library")
                .containsEntry("lectern_library", ValueFactory.value("ours"))
                .containsEntry("lectern_fingerprint", ValueFactory.value(FINGERPRINT.toString()));
        assertRefused(() -> theirs.open(FINGERPRINT).count(ALL));
        assertThat(node("ours").open(FINGERPRINT).count(ALL)).isOne();
    }

    @Test
    void indexOfAnEarlierVersion_adoptedBySeveralNodesAtOnce_isWhole() throws Exception {
        collections.create(unmarked());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Object>> nodes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                QdrantIndexStore node = node("ours");
                String id = "p" + i;
                nodes.add(() -> {
                    node.open(FINGERPRINT).add(List.of(passage(id, "cat")));
                    return id;
                });
            }
            for (var each : threads.invokeAll(nodes)) {
                each.get();
            }
        }
        assertThat(ours.open(FINGERPRINT).count(ALL)).isEqualTo(4);
    }

    @Test
    void indexOfAnEarlierVersion_thatTwoLibrariesWantAtOnce_isOneLibrarysAtMost() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 20; round++) {
                collections.create(unmarked());
                List<Callable<Boolean>> nodes = List.of(adoption("ours"), adoption("theirs"));
                int adopted = 0;
                for (var each : threads.invokeAll(nodes)) {
                    adopted += each.get() ? 1 : 0;
                }
                assertThat(adopted).isLessThanOrEqualTo(1);
                assertThat(metadata().containsKey("lectern_library")).isEqualTo(adopted == 1);
                collections.delete(
                        DeleteCollection.newBuilder().setCollectionName(name).build());
            }
        }
    }

    private Callable<Boolean> adoption(String library) {
        PassageIndex index = node(library).open(FINGERPRINT);
        return () -> {
            try {
                index.count(ALL);
                return true;
            } catch (LecternException refused) {
                assertThat(refused).hasMessageContaining("belongs to another library");
                return false;
            }
        };
    }

    @Test
    void indexOfAnEarlierVersion_thatAnotherLibraryIsAdopting_isRefused() {
        collections.create(unmarked());
        collections.update(new CollectionOwnership(() -> "theirs").claim(name));
        assertRefused(() -> ours.open(FINGERPRINT).count(ALL));
        assertThat(metadata()).doesNotContainKey("lectern_library");
    }

    @Test
    void discard_spares_whatIsAnothers() {
        theirs.open(FINGERPRINT).add(List.of(passage("a", "cat")));
        ours.discard(FINGERPRINT);
        assertThat(ours.fingerprintIds()).isEmpty();
        assertThat(theirs.fingerprintIds()).containsExactly(FINGERPRINT.id());
        assertThat(theirs.open(FINGERPRINT).count(ALL)).isOne();
        theirs.discard(FINGERPRINT);
        assertThat(theirs.fingerprintIds()).isEmpty();
        ours.open(FINGERPRINT).add(List.of(passage("b", "dog")));
        assertThat(ours.fingerprintIds()).containsExactly(FINGERPRINT.id());
    }

    @Test
    void discard_ofAnEarlierVersionsIndex_deletesIt() {
        collections.create(unmarked());
        assertThat(ours.fingerprintIds()).containsExactly(FINGERPRINT.id());
        ours.discard(FINGERPRINT);
        assertThat(ours.fingerprintIds()).isEmpty();
    }

    @Test
    void indexThatBecameAnothers_isToldByTheCheck_andNotUsedAfterwards() {
        PassageIndex index = ours.open(FINGERPRINT);
        index.add(List.of(passage("a", "cat")));
        index.check();
        collections.update(UpdateCollection.newBuilder()
                .setCollectionName(name)
                .putMetadata("lectern_library", ValueFactory.value("theirs"))
                .build());
        assertRefused(index::check);
        assertRefused(() -> index.count(ALL));
    }
}
