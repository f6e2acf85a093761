package dev.lectern.cli.doctor;

import java.util.List;

/** Looks at one thing. */
@FunctionalInterface
public interface DiagnosticCheck {
    enum State {
        GOOD,
        WARNING,
        BAD
    }

    /**
     * What was seen.
     *
     * @param sentence without secrets; when it is not good it says what to do
     */
    record Finding(State state, String sentence) {
        static Finding good(String sentence) {
            return new Finding(State.GOOD, sentence);
        }

        static Finding warning(String sentence) {
            return new Finding(State.WARNING, sentence);
        }

        static Finding bad(String sentence) {
            return new Finding(State.BAD, sentence);
        }
    }

    List<Finding> look();
}
