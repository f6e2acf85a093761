package dev.lectern.observability.spi;

import java.util.Map;

/** Reports the health of one component. Implemented by the module that owns the component. */
public interface HealthCheck {

    enum State {
        /** The component works. */
        UP,
        /** The component works, but an operator should look at it. */
        WARNING,
        /** The component does not work. Requests that need it get 503, all others are served. */
        DOWN
    }

    /**
     * The result of one check.
     *
     * @param sentence for operators, without secrets: the condition, then what to do
     * @param figures measurements by name, may be empty
     */
    record Health(State state, String sentence, Map<String, Object> figures) {
        public Health {
            figures = Map.copyOf(figures);
        }

        public static Health up(String sentence) {
            return new Health(State.UP, sentence, Map.of());
        }

        public static Health warning(String sentence) {
            return new Health(State.WARNING, sentence, Map.of());
        }

        public static Health down(String sentence) {
            return new Health(State.DOWN, sentence, Map.of());
        }
    }

    /** The lower-case name of the component, such as {@code index}. */
    String name();

    /** Whether the server is not ready for requests while this component is down. */
    boolean isRequiredForReadiness();

    /** Checks the component now. Cheap, returns within a second and throws nothing. */
    Health check();
}
