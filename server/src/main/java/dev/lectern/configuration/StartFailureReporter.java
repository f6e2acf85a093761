package dev.lectern.configuration;

import dev.lectern.shared.DiskFull;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ListenFailure;
import dev.lectern.shared.ShutdownSignal;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.core.Ordered;

/** Describes in one line why the start failed when a person can fix the cause. Other failures are left to Spring Boot. */
public final class StartFailureReporter implements SpringBootExceptionReporter, Ordered {
    private static final Pattern BOUND_ADDRESS = Pattern.compile("^Failed to bind to .*:([0-9]{1,5})$");

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
                case WebServerException server
                when ListenFailure.isCauseOf(server) -> {
                    return ListenFailure.describe(server, port(server), "--port or LECTERN_PORT");
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

    /** Spring Boot names the port only if it is in use, Jetty at the end of a message. */
    private static int port(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException used) {
                return used.getPort();
            }
            Matcher address = BOUND_ADDRESS.matcher(String.valueOf(cause.getMessage()));
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        return 0;
    }

    /** Spring binds the address of the server under its own name. */
    private static String variable(String key) {
        if (key.equals("server.address")) {
            return "LECTERN_HOST";
        }
        if (key.startsWith("lectern.model-service.")) {
            return variable(key.replaceFirst("model-", ""));
        }
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
