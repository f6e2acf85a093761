package dev.lectern.library.update;

/**
 * A file that is at another path of its source now.
 *
 * @param from the path that its location has
 * @param to the path that it gets
 * @param uri of the new path, for people
 */
public record LocationMove(String from, String to, String uri) {}
