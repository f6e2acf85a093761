package dev.lectern.index.qdrant;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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

/** Makes the one channel to Qdrant. It connects when it is first used, and again when the connection was lost. */
final class Channels {
    /** A thousand hits with their ids are far below; a page of the contents is the largest answer. */
    private static final int MAX_ANSWER = 32 << 20;

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int KEEP_ALIVE_PATIENCE_SECONDS = 10;

    private Channels() {}

    /** One thread is enough to read and write; what follows an answer runs elsewhere. */
    static EventLoopGroup loop() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("qdrant", true));
    }

    /**
     * Uses the Java machine's own sockets and TLS: Netty's native ones would be unpacked into a folder for temporary files, which a read-only
     * container lacks.
     *
     * @param loop reads and writes; closed by its owner
     * @param executor runs what follows an answer
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
                .keepAliveTimeout(KEEP_ALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MAX_ANSWER)
                .disableServiceConfigLookUp();
        if (address.tls()) {
            channel.useTransportSecurity().sslContext(tls(settings.certificates()));
        } else {
            channel.usePlaintext();
        }
        return channel.build();
    }

    private static SslContext tls(String certificates) {
        try {
            SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
            if (!certificates.isBlank()) {
                context.trustManager(new File(certificates));
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST,
                    "LECTERN_INDEX_QDRANT_CERTIFICATES is not a PEM file with certificates that can be read.",
                    e);
        }
    }
}
