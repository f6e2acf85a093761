package dev.lectern.answering.citing;

/**
 * The text of a passage that may be cited.
 *
 * @param language ISO 639-1, or {@code und}
 */
public record CitablePassage(String text, String language) {}
