package dev.lectern.security.signin;

/** Keeps what a session knows of its person up to date, where somebody else decides about that. Called with each request of a session, so it is mostly quick. Thread-safe. */
public interface SessionRefresher {

    /** Takes over what has changed, and ends the session if its person has left. */
    void refresh(String sessionId, String userId);
}
