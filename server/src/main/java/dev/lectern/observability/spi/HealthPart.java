package dev.lectern.observability.spi;

import java.util.Map;

/** A part of the program that can say how it is. Implemented by the module that owns the part. */
public interface HealthPart {

    enum State {
        /** Works. */
        UP,
        /** Works, but someone should look at it. */
        WARNING,
        /** Does not work; what needs it answers 503, the rest goes on. */
        DOWN
    }

    /**
     * @param sentence for a person, without secrets: what is the matter and what to do
     * @param figures numbers and short texts worth showing, may be empty
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

    /** A short lower-case name, such as {@code index}. */
    String name();

    /** Whether the program is not ready to take requests while this part is down. */
    boolean neededToBeReady();

    /** Looks now; cheap, answers within a second, throws nothing. */
    Health check();
}
