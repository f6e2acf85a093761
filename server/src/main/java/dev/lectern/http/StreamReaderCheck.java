package dev.lectern.http;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;

/** Finds out again who reads a stream while it is written, by the credentials of its request. The module security implements it. Thread-safe. */
public interface StreamReaderCheck {

    /**
     * The reader as of now.
     *
     * @param request of the stream, whose caller is known
     * @throws dev.lectern.shared.LecternException UNAUTHENTICATED when the credentials do not hold any more, FORBIDDEN when they do not suffice any more
     */
    Caller check(HttpServletRequest request);
}
