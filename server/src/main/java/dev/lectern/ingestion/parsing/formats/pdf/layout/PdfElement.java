package dev.lectern.ingestion.parsing.formats.pdf.layout;

/** Part of a page, in reading order. */
public sealed interface PdfElement permits PdfLine, PdfTable {
    /** From 1. */
    int page();
}
