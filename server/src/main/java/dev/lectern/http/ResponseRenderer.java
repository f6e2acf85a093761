package dev.lectern.http;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Makes the response to a repeated request with an {@code Idempotency-Key} from a stored state, see {@link StoredResponse}. So a response that quotes
 * documents is checked again each time it is given.
 */
public interface ResponseRenderer {

    /** Unique among renderers and stable: it is stored in the database. */
    String name();

    /**
     * Writes the response.
     *
     * @param state what the controller stored
     * @param caller who repeats the request, the same as the first time
     * @throws dev.lectern.shared.LecternException when the response may not be given any more; it becomes the response
     */
    void render(String state, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException;
}
