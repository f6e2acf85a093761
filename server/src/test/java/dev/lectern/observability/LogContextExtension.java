package dev.lectern.observability;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which a line was logged for a request, a turn or a job without its id. Registered for all test classes by
 * {@code junit-platform.properties}.
 */
public final class LogContextExtension implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        LogContextCheck.attach();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        failOnViolations();
    }

    static void failOnViolations() {
        List<String> missing = LogContextCheck.takeViolations();
        if (!missing.isEmpty()) {
            throw new AssertionError(
                    "Log lines without the ids of their request, turn or job. Start threads with TaskThreads"
                            + " or the application's executor, and open a LogContext where the work begins.\n"
                            + String.join("\n", missing));
        }
    }
}
