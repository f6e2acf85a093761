package dev.lectern.answering.citing;

/**
 * A citation marker in a text.
 *
 * @param number of the passage
 * @param at its start in the text, in UTF-16 units
 */
public record CitationMarker(int number, int at) {}
