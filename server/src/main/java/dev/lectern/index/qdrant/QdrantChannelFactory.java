package dev.lectern.index.qdrant;

import dev.lectern.shared.InvalidSettingException;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Creates the gRPC channel to Qdrant. The channel connects on first use and reconnects after a lost connection. */
final class QdrantChannelFactory {
    /** Maximum response size in bytes. The largest response is one page of a scroll request. */
    private static final int MAX_ANSWER = 32 << 20;

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 10;

    private QdrantChannelFactory() {}

    /** The event loop: one thread for network I/O. Callbacks run on the executor. */
    static EventLoopGroup newEventLoop() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("qdrant", true));
    }

    /**
     * Uses the sockets and TLS of the JDK: Netty's native libraries would have to be unpacked into a temporary folder, which a read-only container
     * does not have.
     *
     * @param loop event loop for network I/O; the caller closes it
     * @param executor runs callbacks
     */
    static ManagedChannel open(
            QdrantAddress address, QdrantIndexProperties settings, EventLoopGroup loop, Executor executor) {
        NettyChannelBuilder channel = NettyChannelBuilder.forAddress(address.host(), address.port())
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(loop)
                .executor(executor)
                .offloadExecutor(executor)
                .withOption(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_ANSWER)
                .disableServiceConfigLookUp();
        if (address.tls()) {
            channel.useTransportSecurity().sslContext(tls(settings.certificates()));
        } else {
            channel.usePlaintext();
        }
        return channel.build();
    }

    /** @throws InvalidSettingException when the file has no certificates */
    static SslContext tls(String certificates) {
        try {
            SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
            if (!certificates.isBlank()) {
                context.trustManager(new File(certificates));
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "LECTERN_INDEX_QDRANT_CERTIFICATES is not a readable PEM file with certificates. Set it to the"
                            + " path of one.",
                    e);
        }
    }
}
