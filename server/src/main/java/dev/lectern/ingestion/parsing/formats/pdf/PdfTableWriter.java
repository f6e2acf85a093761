package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds tables. The rest of a table on the next page is part of it, so that its header is added once. */
final class PdfTableWriter {
    private final ParsedDocumentBuilder out;
    private final PdfTextJoiner joiner;
    private @Nullable PdfTable last;
    private List<List<String>> header = List.of();
    private int repeatedRows;

    PdfTableWriter(ParsedDocumentBuilder out, PdfTextJoiner joiner) {
        this.out = out;
        this.joiner = joiner;
    }

    /** Rows that were left out because they repeat the header on another page. */
    int repeatedRows() {
        return repeatedRows;
    }

    /** Says that something else than a table follows. */
    void endTable() {
        last = null;
    }

    void write(PdfTable table) {
        List<List<PdfTextJoiner.Joined>> rows = new ArrayList<>();
        for (PdfTable.Row row : table.rows()) {
            rows.add(row.cells().stream()
                    .map(cell -> joiner.joinCell(cell.lines()))
                    .toList());
        }
        PdfTable before = last;
        boolean isRest = before != null && before.page() != table.page() && table.hasColumnsOf(before);
        int headers = table.headerRows();
        int from = 0;
        if (isRest && !header.isEmpty()) {
            int same = sameRows(rows);
            boolean isOther = same == 0 && table.isHeaderMarked();
            if (same > 0 || !isOther) {
                repeatedRows += same;
                from = same;
                headers = same;
            } else {
                header = texts(rows.subList(0, headers));
            }
        } else {
            header = texts(rows.subList(0, headers));
        }
        for (int i = from; i < rows.size(); i++) {
            write(rows.get(i), i < headers);
        }
        last = table;
    }

    /** How many of the first rows are those of the header on the page before. */
    private int sameRows(List<List<PdfTextJoiner.Joined>> rows) {
        int count = header.size();
        return rows.size() >= count && texts(rows.subList(0, count)).equals(header) ? count : 0;
    }

    private static List<List<String>> texts(List<List<PdfTextJoiner.Joined>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(PdfTextJoiner.Joined::text).toList())
                .toList();
    }

    private void write(List<PdfTextJoiner.Joined> row, boolean isHeader) {
        if (row.stream()
                .allMatch(cell -> TextNormalizer.normalizeLine(cell.text()).isEmpty())) {
            return;
        }
        out.row(isHeader, row.stream().map(PdfTextJoiner.Joined::text).toList());
        String added = out.lastText();
        int at = 0;
        PdfTextJoiner.Joined before = null;
        for (PdfTextJoiner.Joined cell : row) {
            int found = cell.text().isEmpty() || isSame(before, cell) ? -1 : added.indexOf(cell.text(), at);
            if (found >= 0) {
                PdfTextJoiner.addPlaces(cell, found, out);
                at = found + cell.text().length();
            }
            before = cell;
        }
    }

    /** A cell over several columns is at one place. */
    private static boolean isSame(PdfTextJoiner.@Nullable Joined before, PdfTextJoiner.Joined cell) {
        return before != null && before.lines().equals(cell.lines());
    }
}
