package dev.lectern.cli.doctor;

import java.util.List;

/** One check of the command {@code doctor}. */
@FunctionalInterface
public interface DiagnosticCheck {
    enum State {
        PASSED,
        WARNING,
        FAILED
    }

    /**
     * Result of a check.
     *
     * @param sentence contains no secrets; for a warning or failure it says what to do
     */
    record Finding(State state, String sentence) {
        static Finding passed(String sentence) {
            return new Finding(State.PASSED, sentence);
        }

        static Finding warning(String sentence) {
            return new Finding(State.WARNING, sentence);
        }

        static Finding failed(String sentence) {
            return new Finding(State.FAILED, sentence);
        }
    }

    List<Finding> run();
}
