package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.markup.RestructuredTextDefinitions.Note;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blocks of reStructuredText and what is nested in them. */
final class RestructuredTextParser {
    private static final String RULES = "=-~^\"'`#*+_:.<>!$%&,/;?@\\|{}()[]";
    private static final Pattern BULLET = Pattern.compile("[-*+•‣⁃](?: +(.*)|$)");
    private static final Pattern ENUMERATOR =
            Pattern.compile("\\(?(?:\\d{1,9}|#|[A-Za-z]|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})[.)](?: +(.*)|$)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern FIELD =
            Pattern.compile(":(?![:\\s])((?:[^:`\\\\]|\\\\.|:(?! |$)){1,200}):(?: +(.*)|$)");
    private static final Pattern OPTION = Pattern.compile(
            "((?:--?|/)[\\w?][\\w-]{0,60}(?:[ =]<?[\\w-]{1,60}>?)?(?:, (?:--?|/)[\\w?][\\w-]{0,60}(?:[ =]<?[\\w-]{1,60}>?)?){0,5}) {2,}(\\S.*)");
    /** What the documentation of Sphinx says to the program about the whole file. */
    private static final List<String> FOR_THE_PROGRAM =
            List.of("orphan", "tocdepth", "nocomments", "nosearch", "no-search");

    private static final int SHORTEST_RULE = 4;

    private final RestructuredTextDefinitions definitions;
    private final RestructuredTextDirectives directives;
    private final ParseLimits limits;
    /** Gets the notices and metadata; the blocks of a cell go to another one, see {@link #toText}. */
    private final ParsedDocumentBuilder document;

    private final List<String> styles = new ArrayList<>();
    private ParsedDocumentBuilder out;
    /** What stands before the next text, such as the term that it explains. */
    private String lead = "";

    private boolean item;
    private boolean begun;
    /** Numbers of the last items of the lists that are open, by their depth. */
    private final Map<Integer, Integer> enumerated = new HashMap<>();

    private int lists;
    private int quotes;
    private int depth;
    private int inside;

    RestructuredTextParser(RestructuredTextDefinitions definitions, ParseLimits limits, ParsedDocumentBuilder out) {
        this.definitions = definitions;
        this.limits = limits;
        this.document = out;
        this.out = out;
        directives = new RestructuredTextDirectives(this, out);
    }

    void read(List<String> lines) {
        parse(lines);
        definitions.referRest();
        addNotes();
    }

    /** Reads lines that stand within a block, without their indentation. */
    void parse(List<String> lines) {
        if (++depth > limits.depth()) {
            throw RejectionException.tooDeep();
        }
        LineCursor cursor = new LineCursor(lines);
        while (cursor.hasLine()) {
            parseBlock(cursor);
        }
        enumerated.remove(depth);
        depth--;
    }

    private void parseBlock(LineCursor cursor) {
        String line = cursor.peek();
        if (!line.isBlank() && !ENUMERATOR.matcher(line).matches()) {
            enumerated.remove(depth);
        }
        if (line.isBlank()) {
            cursor.take();
        } else if (TextLineFunctions.indentOf(line) > 0) {
            quote(TextLineFunctions.dedent(cursor.takeIndented()));
        } else if (isExplicit(line)) {
            explicit(cursor);
        } else if (readTitle(cursor) || readTable(cursor)) {
            begun = true;
        } else {
            parseBody(cursor, line);
        }
    }

    private void parseBody(LineCursor cursor, String line) {
        Matcher bullet = BULLET.matcher(line);
        Matcher enumerator = ENUMERATOR.matcher(line);
        Matcher field = FIELD.matcher(line);
        Matcher option = OPTION.matcher(line);
        if (bullet.matches() || (enumerator.matches() && isItem(cursor.peek(1)))) {
            String first = bullet.matches() ? bullet.group(1) : enumerator.group(1);
            listItem(cursor, bullet.matches() ? "" : label(line), first);
        } else if (field.matches()) {
            field(cursor, field);
            return;
        } else if (option.matches()) {
            cursor.take();
            List<String> body = new ArrayList<>(List.of(option.group(2)));
            body.addAll(TextLineFunctions.dedent(cursor.takeIndented()));
            explain(option.group(1) + "\n", body);
        } else if (line.startsWith(">>> ")) {
            code(cursor.takeParagraph());
        } else if (line.startsWith("| ") || line.equals("|")) {
            lineBlock(cursor);
        } else if (!cursor.peek(1).isBlank() && TextLineFunctions.indentOf(cursor.peek(1)) > 0) {
            definition(cursor);
        } else {
            paragraph(cursor);
        }
        begun = true;
    }

    /** Whether the line behind an enumerator shows that it is no beginning of a sentence, as in "A. Einstein". */
    private static boolean isItem(String next) {
        return next.isBlank()
                || TextLineFunctions.indentOf(next) > 0
                || ENUMERATOR.matcher(next).matches();
    }

    private static boolean isExplicit(String line) {
        return line.startsWith(".. ") || line.equals("..") || line.startsWith("__ ");
    }

    private void explicit(LineCursor cursor) {
        String line = cursor.take();
        if (line.strip().equals("..") && cursor.peek().isBlank()) {
            // Ends what is before it, and is no part of the quote below.
            return;
        }
        List<String> indented = cursor.takeIndented();
        RestructuredTextDirective directive = RestructuredTextDirective.of(line, indented);
        if (RestructuredTextDefinitions.NOTE.matcher(line).matches()
                || line.startsWith(".. |")
                || line.startsWith(".. _")
                || line.startsWith("__ ")) {
            // Shown where it is referred to.
            return;
        }
        if (directive == null) {
            boolean isText = line.length() > 2 || !indented.isEmpty();
            document.notice(ReadingNotice.Kind.HIDDEN_TEXT, isText ? 1 : 0);
        } else {
            directives.read(directive);
        }
    }

    private boolean readTitle(LineCursor cursor) {
        String line = cursor.peek();
        String next = cursor.peek(1);
        if (TextLineFunctions.isRule(line, RULES, 1)) {
            String third = cursor.peek(2);
            boolean overlined = !next.isBlank()
                    && TextLineFunctions.isRule(third, RULES, 1)
                    && third.charAt(0) == line.charAt(0)
                    && isLongEnough(line, next);
            if (overlined) {
                cursor.skip(3);
                title(next.strip(), line.charAt(0) + "over");
            } else if (line.stripTrailing().length() >= SHORTEST_RULE
                    && (next.isBlank() || cursor.peek(-1).isBlank())) {
                cursor.take();
            } else {
                return false;
            }
            return true;
        }
        if (TextLineFunctions.isRule(next, RULES, 1) && isLongEnough(next, line) && !GridTable.isTop(line)) {
            cursor.skip(2);
            title(line, next.substring(0, 1));
            return true;
        }
        return false;
    }

    private static boolean isLongEnough(String rule, String title) {
        int length = rule.stripTrailing().length();
        return length >= SHORTEST_RULE || length >= title.strip().length();
    }

    private void title(String title, String style) {
        if (!styles.contains(style)) {
            styles.add(style);
        }
        heading(styles.indexOf(style) + 1, title);
    }

    private boolean readTable(LineCursor cursor) {
        if (GridTable.isTop(cursor.peek())) {
            int length = 1;
            while (GridTable.isPart(cursor.peek(length))) {
                length++;
            }
            TextTable table = GridTable.parse(take(cursor, length));
            if (table != null) {
                table(table);
            }
            return true;
        }
        int length = RestructuredTextSimpleTable.isRule(cursor.peek()) ? RestructuredTextSimpleTable.length(cursor) : 0;
        if (length > 0) {
            table(RestructuredTextSimpleTable.parse(take(cursor, length)));
        }
        return length > 0;
    }

    private static List<String> take(LineCursor cursor, int length) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < length) {
            taken.add(cursor.take());
        }
        return taken;
    }

    private void quote(List<String> lines) {
        quotes++;
        parse(lines);
        quotes--;
    }

    /** The enumerator as it is written; one that counts by itself follows the one before. */
    private String label(String line) {
        String written = line.strip().split(" ", 2)[0];
        Matcher number = NUMBER.matcher(written);
        int next = enumerated.getOrDefault(depth, 0) + 1;
        enumerated.put(depth, number.find() ? Integer.parseInt(number.group()) : next);
        return written.replace("#", String.valueOf(next)) + " ";
    }

    private void listItem(LineCursor cursor, String label, String first) {
        endLead();
        cursor.take();
        List<String> body = new ArrayList<>(List.of(first == null ? "" : first));
        body.addAll(TextLineFunctions.dedent(cursor.takeIndented()));
        lists++;
        item = true;
        lead = label;
        parse(body);
        endLead();
        item = false;
        lists--;
    }

    private void field(LineCursor cursor, Matcher field) {
        cursor.take();
        String name = field.group(1);
        List<String> body = new ArrayList<>(
                List.of(field.group(2) == null ? "" : field.group(2).strip()));
        body.addAll(TextLineFunctions.dedent(cursor.takeIndented()));
        boolean first = !begun && inside == 0;
        if (first) {
            addMetadata(name, inline(String.join(" ", body).strip()));
        }
        if (!FOR_THE_PROGRAM.contains(name)) {
            explain(inline(name) + ": ", body);
        }
        begun = !first;
    }

    private void addMetadata(String name, String value) {
        String date = name.equalsIgnoreCase("date") ? MetadataDate.parse(value) : null;
        if (date != null) {
            document.metadata("created", date);
        } else {
            document.metadata(name.equalsIgnoreCase("authors") ? "author" : name, value);
        }
    }

    private void definition(LineCursor cursor) {
        String term = inline(cursor.take());
        List<String> body = TextLineFunctions.dedent(cursor.takeIndented());
        if (term.endsWith("::")) {
            text(term.substring(0, term.length() - 1));
            code(body);
        } else {
            explain(term + "\n", body);
        }
    }

    /** Reads lines whose first text stands in one block with what it explains. */
    void explain(String term, List<String> lines) {
        endLead();
        lead = term;
        parse(lines);
        endLead();
    }

    private void lineBlock(LineCursor cursor) {
        List<String> lines = new ArrayList<>();
        for (String line : cursor.takeParagraph()) {
            lines.add(inline(line.startsWith("|") ? line.substring(1).strip() : line.strip()));
        }
        text(String.join("\n", lines));
    }

    private void paragraph(LineCursor cursor) {
        StringBuilder words = new StringBuilder(cursor.take());
        while (cursor.hasLine() && isContinuation(cursor.peek())) {
            words.append(' ').append(cursor.take().strip());
        }
        String all = words.toString().stripTrailing();
        boolean literal = all.endsWith("::");
        if (literal) {
            String before = all.substring(0, all.length() - 2);
            all = before.isEmpty() || before.endsWith(" ") ? before.strip() : before + ":";
        }
        text(inline(all));
        if (literal) {
            cursor.skipBlank();
            boolean indented = TextLineFunctions.indentOf(cursor.peek()) > 0;
            if (indented) {
                code(cursor.takeIndented());
            } else if (cursor.hasLine()
                    && !Character.isLetterOrDigit(cursor.peek().charAt(0))
                    && !isExplicit(cursor.peek())) {
                code(cursor.takeParagraph());
            }
        }
    }

    private static boolean isContinuation(String line) {
        return !line.isBlank()
                && TextLineFunctions.indentOf(line) == 0
                && !GridTable.isTop(line)
                && RestructuredTextDirective.of(line, List.of()) == null;
    }

    String inline(String text) {
        return RestructuredTextInlines.toPlainText(text, definitions);
    }

    /** The text of lines within a cell or note, whose blocks are none of the document. */
    String toText(List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            return "";
        }
        ParsedDocumentBuilder outer = out;
        String outerLead = lead;
        boolean outerItem = item;
        int outerLists = lists;
        out = new ParsedDocumentBuilder(limits);
        lead = "";
        item = false;
        inside++;
        parse(lines);
        endLead();
        inside--;
        String text = out.build(null, "").text();
        out = outer;
        lead = outerLead;
        item = outerItem;
        lists = outerLists;
        return text;
    }

    void heading(int level, String title) {
        endLead();
        out.heading(level, inline(title));
        addNotes();
    }

    void text(String words) {
        String all = lead + words;
        lead = "";
        if (item && lists > 0) {
            item = words.isBlank();
            out.listItem(lists, all);
        } else if (quotes > 0) {
            out.quote(all);
        } else {
            out.paragraph(all);
        }
        addNotes();
    }

    void quoted(List<String> lines) {
        quote(lines);
    }

    void code(List<String> lines) {
        endLead();
        out.code(TextLineFunctions.joinCode(lines));
    }

    void formula(List<String> lines) {
        endLead();
        out.formula(TextLineFunctions.joinCode(lines));
    }

    void caption(String caption) {
        endLead();
        out.caption(inline(caption));
        addNotes();
    }

    void table(TextTable table) {
        endLead();
        int number = 0;
        for (List<List<String>> row : table.rows()) {
            out.row(number++ < table.headers(), row.stream().map(this::toText).toList());
        }
        addNotes();
    }

    private void endLead() {
        if (!lead.isEmpty()) {
            text("");
        }
    }

    private void addNotes() {
        if (inside == 0) {
            for (Note note = definitions.takeNote(); note != null; note = definitions.takeNote()) {
                out.note(Mark.FOOTNOTE, "[" + note.label() + "] " + toText(note.body()));
            }
        }
    }
}
