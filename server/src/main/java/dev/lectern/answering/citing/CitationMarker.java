package dev.lectern.answering.citing;

/**
 * A citation marker in a written text.
 *
 * @param number of the passage
 * @param at where it begins in the text, UTF-16 units
 */
public record CitationMarker(int number, int at) {}
