package dev.lectern.configuration;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ShutdownSignal;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** Describes in one line why the start failed when a person can fix the cause. Other failures are left to Spring Boot. */
public final class StartFailureReporter implements SpringBootExceptionReporter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean reportException(Throwable failure) {
        // The command prints the sentence; this only suppresses Spring Boot's own report.
        return ShutdownSignal.isReceived() || !describe(failure).isEmpty();
    }

    /** The sentence for a failure; empty when a person cannot fix the cause. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A settings record that refuses a value does so inside of a failed binding.
            if (cause instanceof LecternException ours) {
                return String.valueOf(ours.getMessage());
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InvalidPathException path -> {
                    return "The path " + path.getInput()
                            + " has characters that the locale of this process does not know. Set LC_ALL=C.UTF-8.";
                }
                case PortInUseException port
                when isForbidden(port) -> {
                    return "The user of this process may not listen on port " + port.getPort()
                            + ". Choose a port from 1024, or allow it, as with CAP_NET_BIND_SERVICE.";
                }
                case PortInUseException port -> {
                    return "Port " + port.getPort()
                            + " is in use by another process. Choose another port with --port or LECTERN_PORT.";
                }
                case BindException binding -> {
                    return variable(binding.getName().toString())
                            + " has an invalid value. See docs/configuration.md for valid values.";
                }
                default -> {}
            }
        }
        return DiskFull.isCauseOf(failure)
                ? String.valueOf(DiskFull.exception("the disk of the data folder or of the database", failure)
                        .getMessage())
                : "";
    }

    /** The operating system gives low ports to few users, and the JDK reports that like a used port. */
    private static boolean isForbidden(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("Permission denied")) {
                return true;
            }
        }
        return false;
    }

    /** Spring binds the address of the server under its own name. */
    private static String variable(String key) {
        if (key.equals("server.address")) {
            return "LECTERN_HOST";
        }
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
