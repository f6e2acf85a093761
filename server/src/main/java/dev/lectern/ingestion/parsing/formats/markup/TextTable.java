package dev.lectern.ingestion.parsing.formats.markup;

import java.util.List;

/**
 * A table drawn or written in text, whose merged cells are repeated in each row and column that they cover.
 *
 * @param headers rows at the beginning that name the columns
 * @param rows of cells; a cell is the lines of its text
 */
record TextTable(int headers, List<List<List<String>>> rows) {}
