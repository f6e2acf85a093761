package dev.lectern.answering.writing;

/**
 * The text of a passage that may be cited.
 *
 * @param language ISO 639-1, or {@code und}
 */
record CitablePassage(String text, String language) {}
