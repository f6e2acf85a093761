package dev.lectern.observability.spi;

import dev.lectern.shared.ErrorCode;

/** Makes circuits, and shows all of them in {@code /health} and as {@code lectern_circuit_open}. */
public interface Circuits {

    /**
     * @param name as operators know it, without secrets, such as {@code gemini:gemini-2.5-flash}; the same name gives the same circuit
     * @param unavailable the code of calls that are not let through
     */
    Circuit of(String name, ErrorCode unavailable);
}
