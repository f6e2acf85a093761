package dev.lectern.index.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.qdrant.client.grpc.Points.SearchPoints;
import io.qdrant.client.grpc.PointsGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tests that the fake server refuses what Qdrant refuses and what Qdrant has deprecated. */
@SuppressWarnings("NullAway.Init")
class FakeQdrantServerTest {
    private FakeQdrantServer server;

    @BeforeEach
    void start() throws Exception {
        server = FakeQdrantServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Nested
    class Refuses extends QdrantErrorContract {
        @Override
        protected QdrantAddress server() {
            return QdrantAddress.of(server.url());
        }
    }

    @Nested
    class Shares extends CollectionOwnershipContract {
        @Override
        protected String url() {
            return server.url();
        }
    }

    @Test
    void search_isWithdrawn() {
        QdrantAddress address = QdrantAddress.of(server.url());
        ManagedChannel channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .build();
        SearchPoints search =
                SearchPoints.newBuilder().setCollectionName("c").setLimit(1).build();
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> PointsGrpc.newBlockingStub(channel).search(search));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        channel.shutdownNow();
    }
}
