package dev.lectern.ingestion.parsing.formats.pdf.layout;

/** A rectangle that is filled, such as the ground of a table's header. */
public record Shade(float left, float top, float right, float bottom) {}
