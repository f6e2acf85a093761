package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfElement;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Joins the lines of a PDF to paragraphs, list items, headings, captions and code, by their layout, and keeps its tables among them. */
final class PdfBlockBuilder {
    private static final Pattern BULLET =
            Pattern.compile("^(?:[•◦▪▫‣●○■□–—*·∙➢✓❖o-]|\\(?(?:\\d{1,3}|[a-z])[.)])\\s+(?=\\S)");
    private static final Pattern MARK = Pattern.compile("^[•◦▪▫‣●○■□–—*·∙➢✓❖]\\s");
    private static final Pattern CAPTION = Pattern.compile(
            "^(?:Table|Tab\\.|Figure|Fig\\.|Abbildung|Abb\\.|Tabelle|Tableau|Tabla|Figura|Tabella|Tabel|Chart|Diagram)\\s?[A-Z]?\\d{1,3}(?:[.\\-–]\\d{1,3}){0,3}\\s?[.:|–—-].*",
            Pattern.DOTALL);
    private static final int MAX_CAPTION = 500;
    /** A line that ends before is not full, as a part of the width of its column. */
    private static final float SHORT = 0.1f;
    /** Lines above and below that show how wide a column is. */
    private static final int NEIGHBOURS = 5;

    private final List<PdfLine> lines = new ArrayList<>();
    /** Tables by the line before which they stand. */
    private final Map<Integer, List<PdfTable>> tables = new HashMap<>();

    private final PdfOutline outline;
    private final float bodySize;
    private final float lineGap;
    private final boolean codeIsRare;
    private final PdfTextJoiner joiner;

    /** Lines of one block. */
    record Group(List<Integer> places, PdfTextJoiner.Joined joined) {
        PdfLine first() {
            return joined.lines().getFirst();
        }

        PdfLine last() {
            return joined.lines().getLast();
        }

        String text() {
            return joined.text();
        }
    }

    PdfBlockBuilder(
            List<PdfElement> elements, PdfOutline outline, PdfTextJoiner joiner, float bodySize, boolean codeIsRare) {
        for (PdfElement element : elements) {
            switch (element) {
                case PdfLine line -> lines.add(line);
                case PdfTable table ->
                    tables.computeIfAbsent(lines.size(), key -> new ArrayList<>())
                            .add(table);
            }
        }
        this.outline = outline;
        this.joiner = joiner;
        this.bodySize = bodySize;
        this.codeIsRare = codeIsRare;
        lineGap = gap(lines);
    }

    /** The size of most letters. */
    static float bodySize(List<PdfLine> lines) {
        return mostOf(lines, line -> Math.round(line.size() * 2) / 2f);
    }

    /** Whether lines of letters of fixed width are code, since other lines are not. */
    static boolean isCodeRare(long monoLines, long lines) {
        return monoLines < lines * 0.6;
    }

    void write(ParsedDocumentBuilder out, PdfPageNotes notes) {
        List<Group> groups = groups();
        PdfHeadings headings = new PdfHeadings(
                outline,
                bodySize,
                groups.stream()
                        .map(group -> new PdfHeadings.Candidate(group.first(), group.text()))
                        .toList());
        PdfTableWriter tableWriter = new PdfTableWriter(out, joiner);
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            writeTables(group.places().getFirst(), tableWriter, out, notes);
            notes.beforeBlock(group.first().page(), out);
            tableWriter.endTable();
            out.page(group.first().page());
            write(group, isLeaders(groups, i), headings, out);
        }
        writeTables(lines.size(), tableWriter, out, notes);
        notes.atEnd(out, tableWriter.repeatedRows());
        out.page(null);
    }

    private void writeTables(int before, PdfTableWriter writer, ParsedDocumentBuilder out, PdfPageNotes notes) {
        for (PdfTable table : tables.getOrDefault(before, List.of())) {
            notes.beforeBlock(table.page(), out);
            out.page(table.page());
            writer.write(table);
        }
    }

    private void write(Group group, boolean isLeaders, PdfHeadings headings, ParsedDocumentBuilder out) {
        String text = group.text();
        if (TextNormalizer.normalizeLine(text).isEmpty()) {
            return;
        }
        PdfLeaders leaders = isLeaders ? PdfLeaders.of(text) : null;
        if (leaders != null) {
            out.row(false, List.of(leaders.item(), leaders.value()));
            PdfLine line = group.first();
            out.line(
                    0,
                    out.lastText().length(),
                    line.area().left(),
                    line.area().top(),
                    line.area().width(),
                    line.area().height());
            return;
        }
        int level = isCode(group.places().getFirst()) ? 0 : headings.level(group.first(), text);
        if (level > 0) {
            out.heading(level, text);
        } else if (isCode(group.places().getFirst())) {
            writeCode(group, out);
            return;
        } else if (BULLET.matcher(text).find()) {
            out.listItem(1, text);
        } else if (text.length() <= MAX_CAPTION && CAPTION.matcher(text).matches()) {
            out.caption(text);
        } else {
            out.paragraph(text);
        }
        PdfTextJoiner.addPlaces(group.joined(), 0, out);
    }

    /** Code keeps its lines, and how far they are to the right. */
    private static void writeCode(Group group, ParsedDocumentBuilder out) {
        List<PdfLine> code = group.joined().lines();
        float left = code.stream().map(PdfLine::left).reduce(Float.MAX_VALUE, Math::min);
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            PdfLine line = code.get(i);
            float letter =
                    (line.right() - line.left()) / Math.max(1, line.text().length());
            int indentation = letter <= 0 ? 0 : Math.clamp(Math.round((line.left() - left) / letter), 0, 60);
            text.append(i == 0 ? "" : "\n").repeat(" ", indentation);
            starts.add(text.length());
            text.append(line.text());
        }
        out.code(text.toString());
        PdfTextJoiner.addPlaces(new PdfTextJoiner.Joined(text.toString(), code, starts), 0, out);
    }

    private List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0 && startsBlock(i)) {
                groups.add(group(places));
                places = new ArrayList<>();
            }
            places.add(i);
        }
        if (!places.isEmpty()) {
            groups.add(group(places));
        }
        return groups;
    }

    private Group group(List<Integer> places) {
        return new Group(places, joiner.join(places.stream().map(lines::get).toList()));
    }

    /** Whether a line with leaders has another beside it; a single one may be a gap to fill in. */
    private static boolean isLeaders(List<Group> groups, int at) {
        return hasLeaders(groups, at) && (hasLeaders(groups, at - 1) || hasLeaders(groups, at + 1));
    }

    private static boolean hasLeaders(List<Group> groups, int at) {
        return at >= 0
                && at < groups.size()
                && groups.get(at).places().size() == 1
                && PdfLeaders.of(groups.get(at).text()) != null;
    }

    /** Whether a line starts a new block. */
    private boolean startsBlock(int at) {
        PdfLine before = lines.get(at - 1);
        PdfLine line = lines.get(at);
        if (tables.containsKey(at) || !before.frame().equals(line.frame())) {
            return true;
        }
        if (isCode(at - 1) != isCode(at) || !before.sameSizeAs(line)) {
            return true;
        }
        float down = line.y() - before.y();
        if (before.page() != line.page() || down < -line.size()) {
            return !continuesParagraph(at);
        }
        if (isCode(at)) {
            return down > lineGap * line.size() * 2.5f;
        }
        if (down > lineGap * line.size() * 1.3f || (before.bold() != line.bold() && !line.startsLower())) {
            return true;
        }
        if (PdfLeaders.of(line.text()) != null || PdfLeaders.of(before.text()) != null) {
            return true;
        }
        if (BULLET.matcher(line.text()).find()
                || CAPTION.matcher(line.text()).matches()
                || (outline.isUseful() && outline.level(before.text(), before.page()) > 0)) {
            return true;
        }
        float indent = line.left() - before.left();
        boolean indented = indent > 0.8f * line.size() && indent < 6 * line.size();
        return before.endsSentence() && (indented || isShort(at - 1));
    }

    /** Whether a paragraph continues over the end of a column or page: it does not end there, and its last line is full. */
    private boolean continuesParagraph(int at) {
        PdfLine before = lines.get(at - 1);
        PdfLine line = lines.get(at);
        if (before.endsSentence() || BULLET.matcher(line.text()).find() || before.bold() != line.bold()) {
            return false;
        }
        boolean goesOn = line.startsLower()
                || before.text().endsWith("-")
                || before.text().endsWith(",");
        boolean isText =
                before.text().length() > 25 && Character.isLetter(line.text().codePointAt(0));
        return goesOn || (isText && !isShort(at - 1) && hasLineAbove(at - 1) && !isCode(at));
    }

    /** Whether the line above belongs to the same paragraph, so that a full line is no heading. */
    private boolean hasLineAbove(int at) {
        if (at == 0) {
            return false;
        }
        PdfLine above = lines.get(at - 1);
        PdfLine line = lines.get(at);
        float down = line.y() - above.y();
        return above.page() == line.page()
                && down > 0
                && down <= lineGap * line.size() * 1.3f
                && above.sameSizeAs(line);
    }

    /** Whether a line ends well before its neighbours in the same column do. */
    private boolean isShort(int at) {
        PdfLine line = lines.get(at);
        float right = Math.max(furthestRight(at, -1), furthestRight(at, 1));
        return line.right() < right - SHORT * (right - line.left());
    }

    /** @param step 1 for the lines below, -1 for those above */
    private float furthestRight(int at, int step) {
        PdfLine line = lines.get(at);
        float right = line.right();
        float y = line.y();
        for (int i = at + step; i >= 0 && i < lines.size() && Math.abs(i - at) <= NEIGHBOURS; i += step) {
            PdfLine other = lines.get(i);
            if (other.page() != line.page() || (other.y() - y) * step < -line.size()) {
                return right;
            }
            y = other.y();
            if (Math.abs(other.left() - line.left()) < 3 * line.size()) {
                right = Math.max(right, other.right());
            }
        }
        return right;
    }

    /** A line of fixed width between lines of text is a line of that text, with a long name in it. */
    private boolean isCode(int at) {
        PdfLine line = lines.get(at);
        if (!line.mono() || !codeIsRare || MARK.matcher(line.text()).find()) {
            return false;
        }
        boolean apart = !belongsToText(at, at - 1) && !belongsToText(at, at + 1);
        return apart || isMono(at - 1) || isMono(at + 1);
    }

    private boolean isMono(int at) {
        return at >= 0 && at < lines.size() && lines.get(at).mono();
    }

    private boolean belongsToText(int at, int neighbour) {
        if (neighbour < 0 || neighbour >= lines.size()) {
            return false;
        }
        PdfLine line = lines.get(at);
        PdfLine other = lines.get(neighbour);
        return !other.mono()
                && other.page() == line.page()
                && Math.abs(other.y() - line.y()) <= lineGap * line.size() * 1.3f;
    }

    /** The usual distance of lines, as a multiple of their size. */
    private static float gap(List<PdfLine> lines) {
        Map<Float, Integer> gaps = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            PdfLine before = lines.get(i - 1);
            PdfLine line = lines.get(i);
            float gap = Math.round((line.y() - before.y()) / Math.max(1, line.size()) * 20) / 20f;
            if (before.page() == line.page() && before.sameSizeAs(line) && gap > 0.8f && gap < 3) {
                gaps.merge(gap, 1, Integer::sum);
            }
        }
        return gaps.entrySet().stream()
                .max(Map.Entry.<Float, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1.2f);
    }

    private static float mostOf(List<PdfLine> lines, Function<PdfLine, Float> of) {
        Map<Float, Integer> letters = new HashMap<>();
        lines.forEach(line -> letters.merge(of.apply(line), line.text().length(), Integer::sum));
        return letters.entrySet().stream()
                .max(Map.Entry.<Float, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(10f);
    }
}
