package dev.lectern.configuration;

import dev.lectern.shared.LecternException;
import java.util.Locale;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** Says in one line why the program did not start, where it is something that a person can change; everything else is left to the framework. */
public final class StartFailureReporter implements SpringBootExceptionReporter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean reportException(Throwable failure) {
        // The command that started it prints the sentence; here the framework is only kept from printing its own pages.
        return !describe(failure).isEmpty();
    }

    /** The sentence for a failure, empty when it is none that a person can do something about. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case LecternException ours -> {
                    return String.valueOf(ours.getMessage());
                }
                case PortInUseException port -> {
                    return "Port " + port.getPort()
                            + " is used by another program. Choose another with --port or LECTERN_PORT.";
                }
                case BindException binding -> {
                    return variable(binding.getName().toString())
                            + " has a value that is not possible. docs/configuration.md says what it takes.";
                }
                default -> {}
            }
        }
        return "";
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
