package dev.lectern.security;

import dev.lectern.shared.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Lets questions in: tells the users of a program apart, and limits how many questions each of them asks. Thread-safe. */
public interface QuestionAdmission {

    /**
     * The caller who asks.
     *
     * @param endUser as the body of the request names it; null if it names none. {@link EndUser#named} says when it is refused
     * @throws dev.lectern.http.QuotaExceededException if this end user has asked too much
     */
    Caller admit(Caller caller, @Nullable String endUser, HttpServletRequest request, HttpServletResponse response);
}
