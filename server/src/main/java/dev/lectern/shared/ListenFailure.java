package dev.lectern.shared;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Why a server cannot listen at an address, in one sentence that names the setting to change. */
public final class ListenFailure {
    private ListenFailure() {}

    /** Whether a failure comes from an address at which nothing can listen. */
    public static boolean isCauseOf(Throwable failure) {
        return causeMessage(failure) != null;
    }

    /**
     * Describes a failure for which {@link #isCauseOf} holds.
     *
     * @param port the port, 1 to 65535
     * @param portSetting what chooses the port: a variable, or an option and a variable
     * @return one line
     */
    public static String describe(Throwable failure, int port, String portSetting) {
        String message = String.valueOf(causeMessage(failure));
        if (message.contains("Permission denied")) {
            return "The user of this process may not listen on port " + port + ". Choose a port from 1024 with "
                    + portSetting + ", or allow it, as with CAP_NET_BIND_SERVICE.";
        }
        if (message.contains("assign requested address")) {
            return "The address to listen on is not an address of this machine. Set LECTERN_HOST or --host to one of its"
                    + " addresses, or to 0.0.0.0 for all of them.";
        }
        return "Port " + port + " is in use by another process. Choose another port with " + portSetting + ".";
    }

    /** The JDK reports everything that is wrong with an address by one exception; only its message tells what. */
    private static @Nullable String causeMessage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                return String.valueOf(bind.getMessage());
            }
        }
        return null;
    }
}
