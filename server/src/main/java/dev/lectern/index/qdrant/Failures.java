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

/** The one place where gRPC's and Qdrant's failures become ours. What Qdrant wrote stays in the log: it may hold texts of documents. */
final class Failures {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final QdrantAddress address;

    Failures(QdrantAddress address) {
        this.address = address;
    }

    /**
     * Whether the same request may be sent again at once: nobody answered, or the answer was lost. A connection that is cut just when a request is
     * written is no {@code UNAVAILABLE} for gRPC but something unknown.
     */
    static boolean isLost(Throwable failure) {
        return switch (Status.fromThrowable(failure).getCode()) {
            case UNAVAILABLE -> true;
            case UNKNOWN -> hasCause(failure, IOException.class);
            default -> false;
        };
    }

    /** Whether Qdrant answered, and would not. */
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

    static LecternException late(@Nullable Throwable cause) {
        return new LecternException(
                ErrorCode.DEADLINE_EXCEEDED, "Qdrant took longer than this request may take. Try again.", cause);
    }

    LecternException closed() {
        return unavailable("The index in Qdrant at " + address + " is closed.", null);
    }

    LecternException interrupted(InterruptedException cause) {
        return unavailable("The search in Qdrant was given up: whoever asked has gone.", cause);
    }

    /** @param cause of the call, with a status */
    LecternException of(Throwable cause) {
        if (isLost(cause)) {
            return unavailable(unreachable(cause), cause);
        }
        return switch (Status.fromThrowable(cause).getCode()) {
            case DEADLINE_EXCEEDED -> late(cause);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                unavailable(
                        "Qdrant at " + address
                                + " does not accept the key. Set LECTERN_QDRANT_API_KEY to one that may read and write.",
                        cause);
            case NOT_FOUND ->
                unavailable(
                        "The collection is missing in Qdrant at " + address
                                + ". Start Lectern again: it is made again from the library.",
                        cause);
            case RESOURCE_EXHAUSTED -> limited(cause);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE ->
                unavailable(
                        "Qdrant at " + address
                                + " refuses a request of Lectern, as its strict mode or a collection that was changed can make it; the log has the reason.",
                        cause);
            case UNIMPLEMENTED ->
                unavailable(
                        "What answers at " + address + " is no Qdrant of version 1.18 or newer." + address.portHint(),
                        cause);
            default ->
                unavailable(
                        "Qdrant at " + address + " failed; Lectern's log and Qdrant's have the reason."
                                + address.portHint(),
                        cause);
        };
    }

    private String unreachable(Throwable cause) {
        if (hasCause(cause, SSLException.class)) {
            return "A TLS connection to Qdrant at " + address
                    + " cannot be made. Check its certificate, LECTERN_INDEX_QDRANT_CERTIFICATES, and whether LECTERN_QDRANT_URL begins with http or https rightly."
                    + address.portHint();
        }
        return "Qdrant at " + address + " cannot be reached. Check LECTERN_QDRANT_URL and whether Qdrant runs."
                + address.portHint();
    }

    private LecternException limited(Throwable cause) {
        Metadata trailers = Status.trailersFromThrowable(cause);
        String seconds = trailers == null ? null : trailers.get(RETRY_AFTER);
        return new LecternException(
                ErrorCode.INDEX_UNAVAILABLE,
                "Qdrant at " + address + " limits how much it is asked. Try again later.",
                List.of(),
                seconds != null && seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : LATER,
                cause);
    }

    LecternException unavailable(String sentence, @Nullable Throwable cause) {
        return new LecternException(ErrorCode.INDEX_UNAVAILABLE, sentence, cause);
    }
}
