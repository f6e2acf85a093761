package dev.lectern.backup.spi;

/**
 * A table that is not carried along.
 *
 * @param why in a few words
 */
public record PassingTable(String name, String why) {}
