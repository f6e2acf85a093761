package dev.lectern.ingestion.parsing.formats.pdf.layout;

/** A table and where it is in its frame. */
record PlacedTable(PdfTable table, float left, float top, float right, float bottom) {}
