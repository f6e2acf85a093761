package dev.lectern.security;

/** Who may use the server without signing in. */
public enum SecurityMode {
    /** Whoever reaches the server may ask, read and upload. Administrators manage; on the machine itself everybody is one. */
    OPEN,
    /** People sign in, and programs send keys. Without that only collections that were made public are reached. */
    PRIVATE
}
