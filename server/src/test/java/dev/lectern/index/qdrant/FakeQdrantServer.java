package dev.lectern.index.qdrant;

import io.grpc.BindableService;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.QdrantGrpc.QdrantImplBase;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory server of Qdrant's official gRPC services on a local port. It searches exactly and refuses what Qdrant refuses. It can be stopped and
 * restarted with its data, and configured to fail.
 */
final class FakeQdrantServer implements AutoCloseable {
    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final FakeCollectionsService collections = new FakeCollectionsService();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final @Nullable String apiKey;
    private final @Nullable SslContext tls;
    private final Misbehaviour misbehaviour = new Misbehaviour();
    private Server server;
    private final int port;

    private FakeQdrantServer(@Nullable String apiKey, @Nullable SslContext tls) throws IOException {
        this.apiKey = apiKey;
        this.tls = tls;
        this.server = listen(0);
        this.port = server.getPort();
    }

    static FakeQdrantServer start() throws IOException {
        return new FakeQdrantServer(null, null);
    }

    static FakeQdrantServer startWithKey(String apiKey) throws IOException {
        return new FakeQdrantServer(apiKey, null);
    }

    /** @param store a PKCS #12 key store */
    static FakeQdrantServer startEncrypted(Path store, String password) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password.toCharArray());
        return new FakeQdrantServer(
                null,
                GrpcSslContexts.configure(SslContextBuilder.forServer(managers), SslProvider.JDK)
                        .build());
    }

    private Server listen(int at) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), at))
                .maxInboundMessageSize(64 << 20)
                .intercept(misbehaviour)
                .intercept(new Key())
                .intercept(new Written());
        for (BindableService service : List.of(collections, new FakePointsService(collections), new Health())) {
            builder.addService(service);
        }
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build().start();
    }

    String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** The methods that were called, in their order. */
    List<String> calls() {
        return calls;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    void newCollectionsGet(StrictModeConfig strict) {
        collections.defaults = strict;
    }

    FakeCollection collection(String name) {
        return collections.collection(name);
    }

    void make(CreateCollection collection) {
        collections.make(collection);
    }

    /** Cuts every connection in the middle of whatever it carries. */
    void stop() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    void restart() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static final class Health extends QdrantImplBase {
        @Override
        public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> observer) {
            observer.onNext(HealthCheckReply.newBuilder()
                    .setTitle("qdrant - vector search engine")
                    .setVersion("1.18.3")
                    .build());
            observer.onCompleted();
        }
    }

    private final class Written implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            calls.add(String.valueOf(call.getMethodDescriptor().getBareMethodName()));
            return next.startCall(call, headers);
        }
    }

    private final class Key implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (apiKey != null && !apiKey.equals(headers.get(API_KEY))) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription(
                                "Must provide an API key or an Authorization bearer token"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    /** What a server or the way to it does wrong, once each time it is asked for. */
    static final class Misbehaviour implements ServerInterceptor {
        private volatile @Nullable Status refusal;
        private volatile Metadata trailers = new Metadata();
        private volatile String method = "";
        private volatile boolean carriedOut;
        private volatile int times;

        /** The next calls of a method are refused without being carried out. */
        void refuse(String name, int howOften, Status status, Metadata with) {
            trailers = with;
            set(name, howOften, status, false);
        }

        /** The next call of a method is carried out, and its answer gets lost. */
        void loseAnswer(String name) {
            trailers = new Metadata();
            set(name, 1, Status.UNAVAILABLE.withDescription("connection reset"), true);
        }

        /** The next call of a method is never answered. */
        void neverAnswer(String name) {
            set(name, 1, null, false);
        }

        private synchronized void set(String name, int howOften, @Nullable Status status, boolean afterwards) {
            method = name;
            refusal = status;
            carriedOut = afterwards;
            times = howOften;
        }

        private synchronized boolean applies(@Nullable String name) {
            if (times > 0 && method.equals(name)) {
                times--;
                return true;
            }
            return false;
        }

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (!applies(call.getMethodDescriptor().getBareMethodName())) {
                return next.startCall(call, headers);
            }
            Status status = refusal;
            if (status == null) {
                return new ServerCall.Listener<>() {};
            }
            if (!carriedOut) {
                call.close(status, trailers);
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(
                    new SimpleForwardingServerCall<>(call) {
                        @Override
                        public void sendHeaders(Metadata unsent) {}

                        @Override
                        public void sendMessage(A unsent) {}

                        @Override
                        public void close(Status ignored, Metadata unsent) {
                            super.close(status, new Metadata());
                        }
                    },
                    headers);
        }
    }
}
