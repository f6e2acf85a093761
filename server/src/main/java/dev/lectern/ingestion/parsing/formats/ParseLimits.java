package dev.lectern.ingestion.parsing.formats;

/**
 * What a file may ask of its reader.
 *
 * @param fileBytes larger files are refused
 * @param textLength UTF-16 units of text; longer documents are refused
 * @param depth of elements within elements; deeper documents are refused
 * @param attachments of a mail that are read; further ones are left out
 */
public record ParseLimits(long fileBytes, int textLength, int depth, int attachments) {}
