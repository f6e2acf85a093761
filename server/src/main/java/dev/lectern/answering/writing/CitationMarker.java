package dev.lectern.answering.writing;

/**
 * A citation marker in a text.
 *
 * @param number of the passage
 * @param at its start in the text, in UTF-16 units
 */
record CitationMarker(int number, int at) {}
