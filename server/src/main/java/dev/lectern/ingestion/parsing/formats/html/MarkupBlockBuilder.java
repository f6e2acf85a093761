package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.text.MailQuotes;
import dev.lectern.library.Block.Mark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Turns the events of HTML (from a page, or from a library that describes other formats so) into blocks. Needs no tree and
 * no well-formedness: an end without its start does no harm.
 */
public final class MarkupBlockBuilder {
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
            "figure",
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
            "option",
            "noscript",
            "tbody",
            "thead",
            "tfoot");
    private static final Set<String> SILENT = Set.of("head", "script", "style", "template", "title", "select");

    /** An element of our own around a footnote, where it belongs. */
    static final String NOTE = "lectern-note";

    /** An element of our own around the source of a formula that stands by itself. */
    public static final String FORMULA = "lectern-formula";

    private final ParsedDocumentBuilder out;
    private final int maxDepth;
    private final boolean guessHeaders;
    private final StringBuilder inline = new StringBuilder();
    private final Deque<MarkupTable> tables = new ArrayDeque<>();
    private String term = "";
    /** The number of the item that is being read, until its first text. */
    private String label = "";

    private int depth;
    private int silent;
    private int heading;
    private int code;
    private int lists;
    private int quotes;
    /** The element that says what its text is: a caption, note or formula; empty outside of them. */
    private String special = "";

    private boolean item;
    private boolean inTerm;
    private boolean quoteMarks;

    /** Reads lines that begin with {@code >} as quotes. */
    public MarkupBlockBuilder withQuoteMarks() {
        quoteMarks = true;
        return this;
    }

    /** @param guessHeaders whether a row of names is a header although nothing says so, as in spreadsheets */
    public MarkupBlockBuilder(ParsedDocumentBuilder out, int maxDepth, boolean guessHeaders) {
        this.out = out;
        this.maxDepth = maxDepth;
        this.guessHeaders = guessHeaders;
    }

    public void start(String name) {
        start(name, 1, 1);
    }

    /**
     * @param columnSpan columns that a cell covers; 1 for every other element
     * @param rowSpan rows that a cell covers; 1 for every other element
     */
    public void start(String name, int columnSpan, int rowSpan) {
        if (++depth > maxDepth) {
            throw RejectionException.tooDeep();
        }
        if (SILENT.contains(name)) {
            silent++;
        } else if (isHeading(name)) {
            flush();
            leaveTable();
            heading = isInDataCell() ? 0 : name.charAt(1) - '0';
        } else if (BREAKING.contains(name)) {
            flush();
            lists += isList(name) ? 1 : 0;
            setHead(name, true);
        } else {
            startOther(name, columnSpan, rowSpan);
        }
    }

    /** Sets the number of the item of a list that has just started, such as {@code 3.}; does nothing when it is empty. */
    void label(String number) {
        label = number.isEmpty() ? label : number + " ";
    }

    private void startOther(String name, int columnSpan, int rowSpan) {
        switch (name) {
            case "br" -> inline.append('\n');
            case "li" -> {
                flush();
                item = true;
                label = "";
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
            case "blockquote" -> {
                flush();
                quotes++;
            }
            case "figcaption", "caption", NOTE, FORMULA -> {
                flush();
                special = name;
            }
            case "table" -> startTable();
            case "tr" -> {
                flush();
                endRow();
            }
            case "td", "th" -> startCell(name, columnSpan, rowSpan);
            default -> {
                // Inline elements part nothing.
            }
        }
    }

    public void end(String name) {
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
                label = "";
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
            case "blockquote" -> {
                flush();
                quotes = Math.max(0, quotes - 1);
            }
            case "figcaption", "caption", NOTE, FORMULA -> {
                flush();
                special = "";
            }
            case "td", "th" -> endCell();
            case "tr" -> {
                endCell();
                endRow();
            }
            case "table" -> endTable();
            default -> {
                // Inline elements part nothing.
            }
        }
    }

    public void text(CharSequence text) {
        if (silent == 0) {
            append(text);
            if (inline.length() > 1 << 20) {
                flush();
            }
        }
    }

    /** To be called once, at the end. */
    public void finish() {
        flush();
        while (!tables.isEmpty()) {
            tables.element().leaveNested();
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
        MarkupTable table = tables.peek();
        if (table != null && table.takesText() && !special.equals(NOTE)) {
            table.addText(consumeLabel() + text.strip());
        } else if (inTerm && special.isEmpty()) {
            term = term.isEmpty() ? text : term + ", " + text;
        } else {
            emit(text);
        }
    }

    private void emit(String text) {
        if (heading > 0) {
            emitTerm();
            out.heading(heading, consumeLabel() + text.strip());
        } else if (!special.isEmpty()) {
            emitTerm();
            emitSpecial(text);
        } else if (code > 0) {
            emitTerm();
            out.code(text);
        } else if (item && lists > 0) {
            out.listItem(lists, consumeTerm() + consumeLabel() + text.strip());
            item = false;
        } else if (quotes > 0) {
            out.quote(consumeTerm() + text);
        } else if (quoteMarks) {
            MailQuotes.divide(consumeTerm() + text, out::paragraph, out);
        } else {
            out.paragraph(consumeTerm() + text);
        }
    }

    private void emitSpecial(String text) {
        switch (special) {
            case NOTE -> out.note(Mark.FOOTNOTE, text);
            case FORMULA -> out.formula(text);
            default -> out.caption(text);
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

    private String consumeLabel() {
        String taken = label;
        label = "";
        return taken;
    }

    private boolean isInDataCell() {
        MarkupTable table = tables.peek();
        return table != null && table.isOfData();
    }

    /** Tables around tables or headings are there for the looks: their cells are text like any other, unless a header names the columns. */
    private void leaveTable() {
        MarkupTable table = tables.peek();
        if (table != null && table.takesText() && !table.isOfData()) {
            table.becomeLayout().forEach(out::paragraph);
        }
    }

    private void startTable() {
        flush();
        MarkupTable outer = tables.peek();
        if (outer != null && (outer.isOfData() || outer.isInNested())) {
            outer.startNested();
        } else {
            leaveTable();
            tables.push(new MarkupTable());
        }
    }

    private void endTable() {
        flush();
        MarkupTable table = tables.peek();
        if (table != null && !table.endNested()) {
            endCell();
            endRow();
            tables.poll();
        }
    }

    private void startCell(String name, int columnSpan, int rowSpan) {
        flush();
        MarkupTable table = tables.peek();
        if (table == null) {
            return;
        }
        if (table.isInNested()) {
            table.separateNested(",");
        } else {
            endCell();
            emitTerm();
            table.startCell(name, columnSpan, rowSpan);
        }
    }

    private void endCell() {
        flush();
        MarkupTable table = tables.peek();
        if (table != null && !table.isInNested()) {
            table.endCell();
        }
    }

    private void endRow() {
        MarkupTable table = tables.peek();
        if (table == null) {
            return;
        }
        if (table.isInNested()) {
            table.separateNested(";");
        } else {
            table.endRow(out, guessHeaders);
        }
    }

    private void setHead(String name, boolean inside) {
        MarkupTable table = tables.peek();
        if (table != null && name.equals("thead") && !table.isInNested()) {
            table.setHead(inside);
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
        if (code > 0 || special.equals(FORMULA)) {
            inline.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            inline.append(character <= ' ' && character >= '\t' && character != '\f' ? ' ' : character);
        }
    }
}
