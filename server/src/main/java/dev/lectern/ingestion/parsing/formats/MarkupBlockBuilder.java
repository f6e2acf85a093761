package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Turns the events of HTML (from a page, or from a library that describes other formats so) into blocks. Needs no tree and
 * no well-formedness: an end without its start does no harm.
 */
final class MarkupBlockBuilder {
    private static final Set<String> BREAKING = Set.of(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "aside",
            "nav",
            "blockquote",
            "figure",
            "figcaption",
            "address",
            "form",
            "fieldset",
            "legend",
            "details",
            "summary",
            "body",
            "html",
            "center",
            "hr",
            "dl",
            "ul",
            "ol",
            "dir",
            "menu",
            "caption",
            "option",
            "noscript",
            "tbody",
            "thead",
            "tfoot");
    private static final Set<String> SILENT = Set.of("head", "script", "style", "template", "title", "select");

    /** Rows of a table that are looked at for one that names the columns. */
    private static final int HEADER_ROWS = 5;

    private final ParsedDocumentBuilder out;
    private final int maxDepth;
    private final boolean guessHeaders;
    private final StringBuilder inline = new StringBuilder();
    private final Deque<Table> tables = new ArrayDeque<>();
    private String term = "";
    private int depth;
    private int silent;
    private int heading;
    private int code;
    private int lists;
    private boolean item;
    private boolean inTerm;

    /** @param guessHeaders whether a row of names is a header although nothing says so, as in spreadsheets */
    MarkupBlockBuilder(ParsedDocumentBuilder out, int maxDepth, boolean guessHeaders) {
        this.out = out;
        this.maxDepth = maxDepth;
        this.guessHeaders = guessHeaders;
    }

    private static final class Table {
        private final List<String> cells = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private boolean inCell;
        private boolean layout;
        private boolean head;
        private boolean headed;
        private boolean allHeaders = true;
        private int rows;
    }

    void start(String name) {
        if (++depth > maxDepth) {
            throw RejectionException.tooDeep();
        }
        if (SILENT.contains(name)) {
            silent++;
        } else if (isHeading(name)) {
            flush();
            leaveTable();
            heading = name.charAt(1) - '0';
        } else if (BREAKING.contains(name)) {
            flush();
            lists += isList(name) ? 1 : 0;
            setHead(name, true);
        } else {
            startOther(name);
        }
    }

    private void startOther(String name) {
        switch (name) {
            case "br" -> inline.append('\n');
            case "li" -> {
                flush();
                item = true;
            }
            case "dt" -> {
                flush();
                inTerm = true;
            }
            case "dd" -> flush();
            case "pre", "listing", "xmp" -> {
                flush();
                code++;
            }
            case "table" -> {
                flush();
                leaveTable();
                tables.push(new Table());
            }
            case "tr" -> {
                flush();
                endRow();
            }
            case "td", "th" -> startCell(name);
            default -> {
                // Inline elements part nothing.
            }
        }
    }

    void end(String name) {
        depth = Math.max(0, depth - 1);
        if (SILENT.contains(name)) {
            silent = Math.max(0, silent - 1);
        } else if (isHeading(name)) {
            flush();
            heading = 0;
        } else if (BREAKING.contains(name)) {
            flush();
            if (isList(name)) {
                lists = Math.max(0, lists - 1);
                item = false;
            }
            setHead(name, false);
        } else {
            endOther(name);
        }
    }

    private void endOther(String name) {
        switch (name) {
            case "li" -> {
                flush();
                item = false;
            }
            case "dt" -> {
                flush();
                inTerm = false;
            }
            case "dd" -> flush();
            case "pre", "listing", "xmp" -> {
                flush();
                code = Math.max(0, code - 1);
            }
            case "td", "th" -> endCell();
            case "tr" -> {
                endCell();
                endRow();
            }
            case "table" -> {
                endCell();
                endRow();
                tables.poll();
            }
            default -> {
                // Inline elements part nothing.
            }
        }
    }

    void text(CharSequence text) {
        if (silent == 0) {
            append(text);
            if (inline.length() > 1 << 20) {
                flush();
            }
        }
    }

    /** To be called once, at the end. */
    void finish() {
        flush();
        while (!tables.isEmpty()) {
            endCell();
            endRow();
            tables.pop();
        }
        emitTerm();
    }

    private void flush() {
        if (inline.isEmpty()) {
            return;
        }
        String text = inline.toString();
        inline.setLength(0);
        if (text.isBlank()) {
            return;
        }
        Table table = tables.peek();
        if (table != null && table.inCell && !table.layout) {
            table.cell.append(table.cell.isEmpty() ? "" : " ").append(text);
        } else if (inTerm) {
            term = term.isEmpty() ? text : term + ", " + text;
        } else {
            emit(text);
        }
    }

    private void emit(String text) {
        if (heading > 0) {
            emitTerm();
            out.heading(heading, text);
        } else if (code > 0) {
            emitTerm();
            out.code(text);
        } else if (item && lists > 0) {
            out.listItem(lists, consumeTerm() + text);
            item = false;
        } else {
            out.paragraph(consumeTerm() + text);
        }
    }

    private void emitTerm() {
        String alone = consumeTerm();
        if (!alone.isBlank()) {
            out.paragraph(alone);
        }
    }

    /** A term and the beginning of its explanation are one block, so that they are never split. */
    private String consumeTerm() {
        String taken = term.isEmpty() ? "" : term + "\n";
        term = "";
        return taken;
    }

    /** Tables around tables or headings are there for the looks: their cells are text like any other. */
    private void leaveTable() {
        Table table = tables.peek();
        if (table != null && table.inCell && !table.layout) {
            table.layout = true;
            table.cells.forEach(out::paragraph);
            table.cells.clear();
            if (!table.cell.isEmpty()) {
                out.paragraph(table.cell.toString());
                table.cell.setLength(0);
            }
        }
    }

    private void startCell(String name) {
        flush();
        Table table = tables.peek();
        if (table != null) {
            endCell();
            emitTerm();
            table.inCell = true;
            table.allHeaders &= name.equals("th");
        }
    }

    private void endCell() {
        flush();
        Table table = tables.peek();
        if (table != null && table.inCell) {
            table.inCell = false;
            if (!table.layout) {
                table.cells.add(table.cell.toString());
                table.cell.setLength(0);
            }
        }
    }

    private void endRow() {
        Table table = tables.peek();
        if (table == null || table.cells.isEmpty()) {
            return;
        }
        if (table.cells.size() == 1 && !guessHeaders) {
            out.paragraph(table.cells.getFirst());
        } else {
            boolean header = !table.headed && (table.head || table.allHeaders || looksLikeHeader(table));
            table.headed |= header;
            out.row(header, table.cells);
        }
        table.rows++;
        table.cells.clear();
        table.allHeaders = true;
    }

    private boolean looksLikeHeader(Table table) {
        return guessHeaders && table.rows < HEADER_ROWS && TableHeaders.isHeader(table.cells);
    }

    private void setHead(String name, boolean inside) {
        Table table = tables.peek();
        if (table != null && name.equals("thead")) {
            table.head = inside;
        }
    }

    private static boolean isHeading(String name) {
        return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
    }

    private static boolean isList(String name) {
        return name.equals("ul") || name.equals("ol") || name.equals("dir") || name.equals("menu");
    }

    /** White space of markup means one space; only {@code br} means a line break. */
    private void append(CharSequence text) {
        if (code > 0) {
            inline.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            inline.append(character <= ' ' && character >= '\t' && character != '\f' ? ' ' : character);
        }
    }
}
