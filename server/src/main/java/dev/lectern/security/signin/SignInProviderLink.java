package dev.lectern.security.signin;

/**
 * An identity provider that people may sign in with.
 *
 * @param name that people know it by
 * @param href path where signing in begins, which the browser opens
 */
public record SignInProviderLink(String name, String href) {}
