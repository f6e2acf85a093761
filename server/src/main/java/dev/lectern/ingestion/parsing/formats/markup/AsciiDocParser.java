package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.MetadataDate;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.TableHeaders;
import dev.lectern.ingestion.parsing.formats.html.HtmlListNumbers;
import dev.lectern.ingestion.parsing.formats.html.HtmlReader;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of AsciiDoc and what is nested in them. */
final class AsciiDocParser {
    private static final Pattern HEADING = Pattern.compile("(={1,6}|#{1,6})\\s+(\\S.*?)(?:\\s+\\1)?\\s*");
    private static final Pattern ATTRIBUTE = Pattern.compile(":(!?[\\w][\\w-]{0,100}!?):(?:\\s+(.*))?");
    private static final Pattern BLOCK_ATTRIBUTES =
            Pattern.compile("\\[(?!\\[)([^\\]]{0,1000}(?:][^\\[\\]]{0,200}\\[[^\\]]{0,200})?)]\\s*");
    private static final Pattern ANCHOR = Pattern.compile("\\[\\[.{0,300}]]\\s*");
    private static final Pattern ITEM = Pattern.compile(
            "\\s*(\\*{1,5}|-|\\.{1,5}|\\d{1,4}\\.|[a-zA-Z]\\.|[ivx]{1,6}\\)|<(?:\\d{1,3}|\\.)>)\\s+(\\S.*)");
    private static final Pattern CHECKED = Pattern.compile("\\[([ *xX])]\\s+(.*)");
    private static final Pattern TERM = Pattern.compile("\\s*(\\S.{0,500}?)(:{2,4}|;;)(?:\\s+(.*))?");
    private static final Pattern ADMONITION = Pattern.compile("(NOTE|TIP|IMPORTANT|CAUTION|WARNING):\\s+(.*)");
    private static final Pattern BLOCK_MACRO = Pattern.compile(
            "(include|image|video|audio|toc|ifdef|ifndef|ifeval|endif|[\\w-]{2,40})::([^\\[\\s][^\\[]{0,500})?\\[(.*)]\\s*");
    private static final Pattern FENCE = Pattern.compile("```[\\w+-]{0,40}.*");
    private static final Pattern BREAK = Pattern.compile("'{3,}|<{3,}|-{3}|\\*{3}|- - -|\\* \\* \\*");
    private static final Pattern TITLE = Pattern.compile("\\.([^\\s.].*)");
    private static final Pattern AUTHOR = Pattern.compile("[\\p{L}][^:|=*\\[\\]]{2,200}(?:<[^>]{3,100}>)?(?:;.*)?");
    private static final Pattern REVISION = Pattern.compile("v?(\\d[^,:]{0,20})?,?\\s*([^:]{6,40})?(?::.*)?");
    private static final Pattern TABLE = Pattern.compile("[|,:!]={3,}");
    private static final Map<String, String> ADMONITIONS =
            Map.of("note", "Note", "tip", "Tip", "important", "Important", "caution", "Caution", "warning", "Warning");
    private static final Set<String> FORMULAS = Set.of("stem", "latexmath", "asciimath");
    private static final Set<String> CODE = Set.of("source", "listing", "literal");
    private static final List<String> METADATA =
            List.of("author", "description", "keywords", "lang", "revnumber", "email");
    private static final String UNDERLINES = "=-~^+";
    private static final int SHORTEST_UNDERLINE = 4;

    private final ParseLimits limits;
    /** Gets the notices and metadata; the blocks of a cell go to another one, see {@link #toText}. */
    private final ParsedDocumentBuilder document;

    private final AsciiDocInlines inlines = new AsciiDocInlines();
    private AsciiDocLists openLists = new AsciiDocLists();
    private ParsedDocumentBuilder out;
    private AsciiDocAttributes attributes = new AsciiDocAttributes();
    private @Nullable String title;
    private String lead = "";
    private int item;
    private int quotes;
    private int depth;
    private int inside;

    AsciiDocParser(ParseLimits limits, ParsedDocumentBuilder out) {
        this.limits = limits;
        this.document = out;
        this.out = out;
    }

    void read(List<String> lines) {
        LineCursor cursor = new LineCursor(lines);
        readHeader(cursor);
        parse(cursor);
    }

    /** Title, authors, revision and attributes of the document. */
    private void readHeader(LineCursor cursor) {
        cursor.skipBlank();
        skipAttributes(cursor);
        cursor.skipBlank();
        Matcher heading = HEADING.matcher(cursor.peek());
        if (!heading.matches() || heading.group(1).length() > 1) {
            return;
        }
        cursor.take();
        String name = heading.group(2);
        boolean author = AUTHOR.matcher(cursor.peek()).matches() && !isBlockStart(cursor.peek());
        if (author) {
            for (String one : cursor.take().split(";", -1)) {
                document.metadata("author", one.replaceAll("<.{0,200}>", ""));
            }
            Matcher revision = REVISION.matcher(cursor.peek());
            String date =
                    revision.matches() && revision.group(2) != null ? MetadataDate.parse(revision.group(2)) : null;
            if (date != null || (revision.matches() && cursor.peek().startsWith("v"))) {
                document.metadata("created", date);
                document.metadata("version", revision.group(1));
                cursor.take();
            }
        }
        skipAttributes(cursor);
        out.heading(1, inlines.toPlainText(name));
        addNotes();
    }

    private void skipAttributes(LineCursor cursor) {
        boolean skipped = true;
        while (skipped && cursor.hasLine()) {
            skipped = readsAttribute(cursor) || readsComment(cursor);
        }
    }

    private boolean readsAttribute(LineCursor cursor) {
        Matcher attribute = ATTRIBUTE.matcher(cursor.peek());
        if (!attribute.matches()) {
            return false;
        }
        cursor.take();
        StringBuilder value = new StringBuilder(
                attribute.group(2) == null ? "" : attribute.group(2).strip());
        while (value.toString().endsWith(" \\") && cursor.hasLine()) {
            value.setLength(value.length() - 1);
            value.append(cursor.take().strip());
        }
        String name = attribute.group(1);
        String text = value.toString();
        inlines.set(name, text);
        if (inside == 0 && METADATA.contains(name)) {
            document.metadata(name.equals("lang") ? "language" : name, inlines.toPlainText(text));
        } else if (inside == 0 && (name.equals("revdate") || name.equals("date"))) {
            document.metadata("created", MetadataDate.parse(text));
        }
        return true;
    }

    private boolean readsComment(LineCursor cursor) {
        String line = cursor.peek();
        if (TextLineFunctions.isRule(line, "/", 4)) {
            document.notice(ReadingNotice.Kind.HIDDEN_TEXT, 1);
            takeUntil(cursor);
            return true;
        }
        if (line.startsWith("//") && !line.startsWith("///")) {
            document.notice(ReadingNotice.Kind.HIDDEN_TEXT, line.strip().length() > 2 ? 1 : 0);
            cursor.take();
            return true;
        }
        return false;
    }

    private void parse(LineCursor cursor) {
        if (++depth > limits.depth()) {
            throw RejectionException.tooDeep();
        }
        while (cursor.hasLine()) {
            parseBlock(cursor);
        }
        endLead();
        depth--;
    }

    private void parseBlock(LineCursor cursor) {
        String line = cursor.peek().stripTrailing();
        Matcher heading = HEADING.matcher(line);
        if (line.isEmpty() || line.strip().equals("+")) {
            cursor.take();
            if (line.isEmpty()) {
                endListIfTextFollows(cursor);
            }
        } else if (readsComment(cursor) || readsAttribute(cursor) || readsMetadata(cursor, line)) {
            // Nothing of it is text by itself.
        } else if (isDelimiter(line)) {
            delimited(cursor, line);
        } else if (heading.matches()) {
            cursor.take();
            heading(heading.group(1).length(), heading.group(2));
        } else if (BREAK.matcher(line).matches()) {
            cursor.take();
        } else {
            parseText(cursor, line);
        }
    }

    private void endListIfTextFollows(LineCursor cursor) {
        cursor.skipBlank();
        String next = cursor.peek();
        if (!ITEM.matcher(next).matches()
                && !TERM.matcher(next).matches()
                && !next.strip().equals("+")) {
            openLists.clear();
        }
    }

    private void parseText(LineCursor cursor, String line) {
        Matcher macro = BLOCK_MACRO.matcher(line);
        Matcher listItem = ITEM.matcher(line);
        Matcher term = TERM.matcher(line);
        if (macro.matches()) {
            cursor.take();
            macro(macro.group(1), macro.group(2) == null ? "" : macro.group(2), macro.group(3));
        } else if (isUnderlined(cursor)) {
            int level = UNDERLINES.indexOf(cursor.peek(1).charAt(0)) + 1;
            cursor.skip(2);
            heading(level, line);
        } else if (listItem.matches()) {
            cursor.take();
            listItem(cursor, listItem.group(1), listItem.group(2));
        } else if (term.matches()) {
            cursor.take();
            term(cursor, term.group(1), term.group(3));
        } else if (Character.isWhitespace(line.charAt(0)) && openLists.isEmpty() && !lead.endsWith("\n")) {
            code(cursor.takeParagraph());
        } else {
            paragraph(cursor);
        }
    }

    private static boolean isUnderlined(LineCursor cursor) {
        String rule = cursor.peek(1).stripTrailing();
        int length = cursor.peek().stripTrailing().length();
        return TextLineFunctions.isRule(rule, UNDERLINES, SHORTEST_UNDERLINE)
                && Math.abs(rule.length() - length) <= 1
                && cursor.peek().chars().anyMatch(Character::isLetterOrDigit);
    }

    private boolean readsMetadata(LineCursor cursor, String line) {
        Matcher block = BLOCK_ATTRIBUTES.matcher(line);
        Matcher name = TITLE.matcher(line);
        if (block.matches()) {
            attributes.add(block.group(1));
        } else if (name.matches() && !cursor.peek(1).isBlank()) {
            title = name.group(1);
        } else if (!ANCHOR.matcher(line).matches()) {
            return false;
        }
        cursor.take();
        return true;
    }

    private static boolean isDelimiter(String line) {
        return TextLineFunctions.isRule(line, "-.+=*_", 4)
                || line.equals("--")
                || TABLE.matcher(line).matches()
                || FENCE.matcher(line).matches();
    }

    private static boolean isBlockStart(String line) {
        return isDelimiter(line.stripTrailing())
                || HEADING.matcher(line).matches()
                || BLOCK_ATTRIBUTES.matcher(line).matches()
                || ITEM.matcher(line).matches()
                || BLOCK_MACRO.matcher(line).matches();
    }

    /** Takes the lines between the delimiter that is next and the same one. */
    private static List<String> takeUntil(LineCursor cursor) {
        String rule = cursor.take().stripTrailing();
        String end = rule.startsWith("```") ? "```" : rule;
        List<String> taken = new ArrayList<>();
        while (cursor.hasLine() && !cursor.peek().stripTrailing().equals(end)) {
            taken.add(cursor.take());
        }
        if (cursor.hasLine()) {
            cursor.take();
        }
        return taken;
    }

    private void delimited(LineCursor cursor, String rule) {
        AsciiDocAttributes own = takeAttributes();
        String style = own.style();
        String name = takeTitle();
        List<String> lines = takeUntil(cursor);
        if (name != null && !ADMONITIONS.containsKey(style)) {
            caption(name);
        }
        if (TABLE.matcher(rule).matches()) {
            table(AsciiDocTable.parse(lines, own, rule));
        } else if (FORMULAS.contains(style)) {
            endLead();
            out.formula(String.join("\n", lines));
        } else if (rule.startsWith("++++")) {
            passThrough(lines);
        } else if (rule.startsWith("----")
                || rule.startsWith("....")
                || rule.startsWith("```")
                || (rule.equals("--") && CODE.contains(style))) {
            code(lines);
        } else {
            nested(lines, style, name, own, rule.startsWith("____"));
        }
    }

    private void nested(
            List<String> lines, String style, @Nullable String name, AsciiDocAttributes own, boolean quote) {
        String admonition = ADMONITIONS.get(style);
        if (admonition != null) {
            endLead();
            lead = admonition + ": " + (name == null ? "" : inlines.toPlainText(name) + "\n");
        }
        AsciiDocLists before = openLists;
        int outerItem = item;
        item = 0;
        openLists = new AsciiDocLists();
        boolean quoted = quote || style.equals("quote") || style.equals("verse");
        quotes += quoted ? 1 : 0;
        if (style.equals("verse")) {
            text(String.join("\n", lines.stream().map(inlines::toPlainText).toList()));
        } else {
            parse(new LineCursor(lines));
        }
        String source = quoted ? attribution(own) : "";
        if (!source.isEmpty()) {
            text("— " + source);
        }
        quotes -= quoted ? 1 : 0;
        item = outerItem;
        openLists = before;
    }

    private String attribution(AsciiDocAttributes own) {
        String who = own.position(2);
        String where = own.position(3);
        return inlines.toPlainText(where.isEmpty() ? who : who.isEmpty() ? where : who + ", " + where);
    }

    private void passThrough(List<String> lines) {
        endLead();
        Document page = Jsoup.parseBodyFragment(String.join("\n", lines));
        HtmlListNumbers.addTo(page);
        HtmlReader.readContent(page.body(), limits, out);
    }

    private void macro(String macro, String target, String inner) {
        AsciiDocAttributes own = takeAttributes();
        String name = takeTitle();
        switch (macro) {
            case "include" -> document.notice(ReadingNotice.Kind.INCLUDED_FILES, 1, null, target);
            case "image" -> {
                document.notice(ReadingNotice.Kind.PICTURES, 1);
                own.add(inner);
                caption(name == null ? "" : name);
                caption(own.named("alt").isEmpty() ? inner.split(",", 2)[0].replace("\"", "") : own.named("alt"));
            }
            case "video", "audio" -> {
                document.notice(ReadingNotice.Kind.EMBEDDED_OBJECTS, 1, null, target);
                caption(name == null ? "" : name);
            }
            case "ifdef", "ifndef", "ifeval" -> text(inlines.toPlainText(macro.equals("ifeval") ? "" : inner));
            case "toc", "endif" -> caption("");
            default -> text(inlines.toPlainText(inner.isEmpty() ? target : inner));
        }
    }

    private void heading(int level, String words) {
        takeAttributes();
        endLead();
        openLists.clear();
        item = 0;
        out.heading(level, inlines.toPlainText(words));
        addNotes();
    }

    private void listItem(LineCursor cursor, String marker, String first) {
        endLead();
        String name = takeTitle();
        AsciiDocAttributes own = takeAttributes();
        if (name != null) {
            caption(name);
        }
        String label = openLists.enter(marker, own);
        Matcher checked = CHECKED.matcher(first);
        String box = checked.matches() ? (checked.group(1).isBlank() ? "[ ] " : "[x] ") : "";
        item = openLists.depth();
        text((label.isEmpty() ? "" : label + " ")
                + box
                + inlines.toPlainText(takeText(cursor, checked.matches() ? checked.group(2) : first)));
        item = 0;
    }

    private void term(LineCursor cursor, String term, @Nullable String first) {
        endLead();
        takeTitle();
        takeAttributes();
        String words = inlines.toPlainText(term.strip());
        if (first == null) {
            cursor.skipBlank();
        }
        if (first != null) {
            text(words + "\n" + inlines.toPlainText(takeText(cursor, first)));
        } else if (cursor.hasLine() && isContinuation(cursor.peek())) {
            text(words + "\n"
                    + inlines.toPlainText(takeText(cursor, cursor.take().strip())));
        } else {
            lead = words + "\n";
        }
    }

    /** The lines of a paragraph in one; a line that ends with a plus ends there. */
    private String takeText(LineCursor cursor, String first) {
        StringBuilder words = new StringBuilder(withBreak(first));
        while (cursor.hasLine() && isContinuation(cursor.peek())) {
            boolean broken = !words.isEmpty() && words.charAt(words.length() - 1) == '\n';
            if (readsComment(cursor)) {
                continue;
            }
            words.append(broken ? "" : " ").append(withBreak(cursor.take().strip()));
        }
        return words.toString();
    }

    private static String withBreak(String line) {
        return line.endsWith(" +") ? line.substring(0, line.length() - 2) + "\n" : line;
    }

    private static boolean isContinuation(String line) {
        return !line.isBlank()
                && !line.strip().equals("+")
                && !isDelimiter(line.stripTrailing())
                && !BLOCK_ATTRIBUTES.matcher(line).matches()
                && !ITEM.matcher(line).matches()
                && !TERM.matcher(line).matches()
                && !BLOCK_MACRO.matcher(line).matches();
    }

    private void paragraph(LineCursor cursor) {
        AsciiDocAttributes own = takeAttributes();
        String style = own.style();
        String name = takeTitle();
        String first = cursor.take();
        Matcher admonition = ADMONITION.matcher(first);
        if (CODE.contains(style)) {
            caption(name == null ? "" : name);
            List<String> lines = new ArrayList<>(List.of(first));
            while (cursor.hasLine() && !cursor.peek().isBlank()) {
                lines.add(cursor.take());
            }
            code(lines);
            return;
        }
        String words = takeParagraphText(cursor, admonition.matches() ? admonition.group(2) : first.strip());
        if (FORMULAS.contains(style)) {
            endLead();
            out.formula(words);
            return;
        }
        String label = admonition.matches() ? admonition.group(1).toLowerCase(Locale.ROOT) : style;
        String before = ADMONITIONS.containsKey(label) ? ADMONITIONS.get(label) + ": " : "";
        if (name != null) {
            caption(name);
        }
        boolean quoted = style.equals("quote") || style.equals("verse");
        quotes += quoted ? 1 : 0;
        String source = quoted ? attribution(own) : "";
        text(before + inlines.toPlainText(words) + (source.isEmpty() ? "" : "\n— " + source));
        quotes -= quoted ? 1 : 0;
    }

    /** In a paragraph, lines that look like items or terms are text. */
    private String takeParagraphText(LineCursor cursor, String first) {
        StringBuilder words = new StringBuilder(withBreak(first));
        while (cursor.hasLine()
                && !cursor.peek().isBlank()
                && !isDelimiter(cursor.peek().stripTrailing())
                && !cursor.peek().strip().equals("+")
                && !BLOCK_ATTRIBUTES.matcher(cursor.peek()).matches()
                && !BLOCK_MACRO.matcher(cursor.peek()).matches()) {
            boolean broken = !words.isEmpty() && words.charAt(words.length() - 1) == '\n';
            if (!readsComment(cursor)) {
                words.append(broken ? "" : " ").append(withBreak(cursor.take().strip()));
            }
        }
        return words.toString();
    }

    private AsciiDocAttributes takeAttributes() {
        AsciiDocAttributes taken = attributes;
        attributes = new AsciiDocAttributes();
        return taken;
    }

    private @Nullable String takeTitle() {
        String taken = title;
        title = null;
        return taken;
    }

    private void text(String words) {
        String all = lead + words;
        lead = "";
        if (item > 0) {
            out.listItem(item, all);
        } else if (quotes > 0) {
            out.quote(all);
        } else {
            out.paragraph(all);
        }
        addNotes();
    }

    private void caption(String caption) {
        endLead();
        out.caption(inlines.toPlainText(caption));
        addNotes();
    }

    private void code(List<String> lines) {
        takeAttributes();
        endLead();
        out.code(TextLineFunctions.joinCode(lines));
    }

    private void table(TextTable table) {
        endLead();
        List<List<String>> rows = new ArrayList<>();
        for (List<List<String>> row : table.rows()) {
            rows.add(row.stream().map(this::toText).toList());
        }
        boolean guessed = table.headers() == 0
                && rows.size() > 1
                && TableHeaders.isHeader(rows.getFirst())
                && rows.stream().skip(1).anyMatch(row -> row.stream().anyMatch(TableHeaders::isFigure));
        int headers = guessed ? 1 : table.headers();
        for (int number = 0; number < rows.size(); number++) {
            out.row(number < headers, rows.get(number));
        }
        addNotes();
    }

    /** The text of a cell, whose blocks are none of the document. */
    private String toText(List<String> lines) {
        if (lines.stream().allMatch(String::isBlank)) {
            return "";
        }
        ParsedDocumentBuilder outer = out;
        String outerLead = lead;
        AsciiDocLists outerLists = openLists;
        out = new ParsedDocumentBuilder(limits);
        lead = "";
        openLists = new AsciiDocLists();
        inside++;
        parse(new LineCursor(
                lines.stream().map(line -> line.strip().replace("\\|", "|")).toList()));
        inside--;
        String text = out.build(null, "").text();
        out = outer;
        lead = outerLead;
        openLists = outerLists;
        return text;
    }

    private void endLead() {
        if (!lead.isEmpty()) {
            text("");
        }
    }

    private void addNotes() {
        if (inside == 0) {
            inlines.takeNotes().forEach(note -> out.note(Mark.FOOTNOTE, note));
        }
    }
}
