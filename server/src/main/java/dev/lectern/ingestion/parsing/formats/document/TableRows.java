package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.text.TableContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The rows of the table that is being added: cleans their cells, and divides rows of wide tables into groups of columns with their names. */
final class TableRows {
    /** More columns than a reader, or a passage, sees at once. */
    private static final int WIDE_TABLE = 12;

    private static final int COLUMNS_PER_GROUP = 6;

    private final BiConsumer<Boolean, List<String>> rows;
    private final Consumer<String> paragraphs;
    /** Names of the columns if the table is a wide one. */
    private List<String> wideHeader = List.of();

    private final List<List<String>> headerRows = new ArrayList<>();
    private boolean inHeader;

    /**
     * @param rows gets each row, and whether it names the columns
     * @param paragraphs gets the names of the columns of a wide table
     */
    TableRows(BiConsumer<Boolean, List<String>> rows, Consumer<String> paragraphs) {
        this.rows = rows;
        this.paragraphs = paragraphs;
    }

    /** To be called when another block comes, unless it is a note or furniture. */
    void end() {
        wideHeader = List.of();
        inHeader = false;
    }

    /** Adds a row, see {@link ParsedDocumentBuilder#row}. */
    void add(boolean header, List<String> cells) {
        List<String> clean = cells.stream().map(TableRows::normalizeCell).toList();
        int last = clean.size();
        while (last > 0 && clean.get(last - 1).isEmpty()) {
            last--;
        }
        List<String> filled = clean.subList(0, last);
        if (header) {
            boolean first = !inHeader;
            if (first) {
                headerRows.clear();
                wideHeader = List.of();
            }
            headerRows.add(filled);
            boolean wide = !wideHeader.isEmpty()
                    || filled.stream()
                                    .filter(name -> !name.isEmpty())
                                    .distinct()
                                    .count()
                            > WIDE_TABLE;
            if (wide) {
                paragraphs.accept(String.join(TableContext.CELL_GAP, filled));
                wideHeader = TableContext.combine(headerRows);
                inHeader = true;
                return;
            }
        }
        if (!wideHeader.isEmpty() && last > WIDE_TABLE / 2) {
            addWideRow(filled);
        } else if (last > 0) {
            rows.accept(header, filled);
        }
        inHeader = header;
    }

    private static String normalizeCell(String cell) {
        String line = TextNormalizer.normalizeLine(cell);
        return line.indexOf('|') < 0 ? line : line.replace(" |", "|").replace("| ", "|");
    }

    private void addWideRow(List<String> cells) {
        int first = 0;
        while (cells.get(first).isEmpty()) {
            first++;
        }
        String label = named(first, cells);
        for (int from = first + 1; from < cells.size(); from += COLUMNS_PER_GROUP) {
            List<String> group = new ArrayList<>(List.of(label));
            for (int column = from; column < Math.min(cells.size(), from + COLUMNS_PER_GROUP); column++) {
                if (!cells.get(column).isEmpty()) {
                    group.add(named(column, cells));
                }
            }
            if (group.size() > 1) {
                rows.accept(false, group);
            }
        }
    }

    private String named(int column, List<String> cells) {
        String name = column < wideHeader.size() ? wideHeader.get(column) : "";
        return name.isEmpty() ? cells.get(column) : name + ": " + cells.get(column);
    }
}
