package dev.lectern.models.langchain4j;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for a connection that could not be opened or was lost. */
final class UpstreamConnectionFailure {
    private UpstreamConnectionFailure() {}

    static boolean isTls(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    /** The part of a sentence after the name of the service. */
    static String describe(@Nullable Throwable failure) {
        String words = "closed the connection before the response was complete";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "cannot be reached, because its host name cannot be resolved";
            }
            if (cause instanceof HttpConnectTimeoutException) {
                words = "cannot be reached: connecting took too long";
            } else if (cause instanceof ConnectException) {
                words = "cannot be reached, because the connection was refused";
            }
        }
        return words;
    }
}
