package dev.lectern.index.qdrant;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Translates gRPC and Qdrant errors into {@link LecternException}s. Qdrant's messages appear in the log only, since they may contain document text. */
final class QdrantExceptionTranslator {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration LATER = Duration.ofSeconds(5);

    private static final String CLIENT_MESSAGE =
            "The search index cannot be used at present. Try again later; if it persists, ask the operator of this"
                    + " server.";

    private final QdrantAddress address;

    QdrantExceptionTranslator(QdrantAddress address) {
        this.address = address;
    }

    /**
     * Whether the connection was lost, so that the request can be repeated immediately. When the connection breaks while a request is written, gRPC
     * reports {@code UNKNOWN} and not {@code UNAVAILABLE}.
     */
    static boolean isLost(Throwable failure) {
        return switch (Status.fromThrowable(failure).getCode()) {
            case UNAVAILABLE -> true;
            case UNKNOWN -> hasCause(failure, IOException.class);
            default -> false;
        };
    }

    /** Whether Qdrant answered and refused the request. */
    static boolean isRefusal(LecternException failure) {
        return switch (Status.fromThrowable(failure).getCode()) {
            case ALREADY_EXISTS,
                    NOT_FOUND,
                    INVALID_ARGUMENT,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNAUTHENTICATED,
                    PERMISSION_DENIED,
                    RESOURCE_EXHAUSTED -> true;
            default -> false;
        };
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (kind.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    static LecternException deadlineExceeded(@Nullable Throwable cause) {
        return new LecternException(
                ErrorCode.DEADLINE_EXCEEDED,
                "Qdrant did not respond before the deadline of this request. Try again.",
                cause);
    }

    LecternException closed() {
        return unavailable("The index in Qdrant at " + address + " is closed.", null);
    }

    LecternException interrupted(InterruptedException cause) {
        return new LecternException(ErrorCode.INDEX_UNAVAILABLE, "Search cancelled: the client disconnected.", cause);
    }

    /** @param cause the error of the call, with a gRPC status */
    LecternException of(Throwable cause) {
        if (isLost(cause)) {
            return unavailable(unreachable(cause), cause);
        }
        return switch (Status.fromThrowable(cause).getCode()) {
            case DEADLINE_EXCEEDED -> deadlineExceeded(cause);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                unavailable(
                        "Qdrant at " + address
                                + " rejected the API key. Set LECTERN_QDRANT_API_KEY to a key with read and write"
                                + " permission.",
                        cause);
            case NOT_FOUND ->
                unavailable(
                        "The collection does not exist in Qdrant at " + address
                                + ". Restart Lectern to rebuild it from the library.",
                        cause);
            case RESOURCE_EXHAUSTED -> rateLimited(cause);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE ->
                unavailable(
                        "Qdrant at " + address
                                + " refused a request. Check its strict mode and whether the collection was changed;"
                                + " see the log for the cause.",
                        cause);
            case UNIMPLEMENTED ->
                unavailable("The server at " + address + " is not Qdrant 1.18 or newer." + address.portHint(), cause);
            default ->
                unavailable(
                        "Qdrant at " + address + " failed. See the logs of Lectern and Qdrant for the cause."
                                + address.portHint(),
                        cause);
        };
    }

    private String unreachable(Throwable cause) {
        if (hasCause(cause, SSLException.class)) {
            return "The TLS connection to Qdrant at " + address
                    + " failed. Check its certificate, LECTERN_INDEX_QDRANT_CERTIFICATES, and whether"
                    + " LECTERN_QDRANT_URL must begin with http or https."
                    + address.portHint();
        }
        return "Qdrant at " + address + " cannot be reached. Check LECTERN_QDRANT_URL and whether Qdrant is running."
                + address.portHint();
    }

    private LecternException rateLimited(Throwable cause) {
        Metadata trailers = Status.trailersFromThrowable(cause);
        String seconds = trailers == null ? null : trailers.get(RETRY_AFTER);
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                "The search index is rate-limiting requests. Try again later.",
                List.of(),
                seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : LATER,
                cause);
    }

    /** @param sentence for the operator, with the address and settings */
    LecternException unavailable(String sentence, @Nullable Throwable cause) {
        return LecternException.withClientMessage(ErrorCode.INDEX_UNAVAILABLE, sentence, CLIENT_MESSAGE, cause);
    }
}
