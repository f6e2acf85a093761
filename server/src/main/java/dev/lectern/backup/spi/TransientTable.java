package dev.lectern.backup.spi;

/**
 * A table that a migration does not copy.
 *
 * @param reason in a few words
 */
public record TransientTable(String name, String reason) {}
