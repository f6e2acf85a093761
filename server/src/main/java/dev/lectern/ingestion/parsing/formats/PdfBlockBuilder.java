package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Joins the lines of a PDF into paragraphs, list items, headings and code, by their layout. */
final class PdfBlockBuilder {
    private static final Pattern BULLET =
            Pattern.compile("^(?:[•◦▪▫‣●○■□–—*·∙o-]|\\(?(?:\\d{1,3}|[a-z])[.)])\\s+(?=\\S)");
    private static final Pattern MARK = Pattern.compile("^[•◦▪▫‣●○■□–—*·∙]\\s");
    private static final Pattern NUMBERED = Pattern.compile("^(\\d{1,2}(?:\\.\\d{1,2}){0,4})\\.?\\s+\\p{Lu}.*");
    private static final int MAX_HEADING = 180;
    private static final int SIZE_LEVELS = 4;
    private static final float LARGER = 1.15f;
    /** From the top of capital letters to below the base line, as a multiple of the size. */
    private static final float LINE_HEIGHT = 1.25f;

    private final List<PdfLine> lines;
    private final PdfOutline outline;
    private final IntFunction<PDRectangle> pageSizes;
    private final Map<Integer, PdfTable> tables;
    private final float bodySize;
    private final float lineGap;
    private final boolean codeIsRare;
    private final HyphenJoiner joiner;

    /** @param pageSizes of the upright pages, which are counted from 1 */
    PdfBlockBuilder(List<PdfLine> lines, PdfOutline outline, IntFunction<PDRectangle> pageSizes) {
        this.pageSizes = pageSizes;
        this.lines = lines;
        this.outline = outline;
        tables = findTables(lines);
        bodySize = mostOf(lines, line -> Math.round(line.size() * 2) / 2f);
        lineGap = gap(lines);
        long mono = lines.stream().filter(PdfLine::mono).count();
        codeIsRare = mono < lines.size() * 0.6;
        joiner = new HyphenJoiner(lines.stream().map(PdfLine::text).toList());
    }

    /** @param beforePage is told each page, from 1, before its first block is added */
    void write(ParsedDocumentBuilder out, IntConsumer beforePage) {
        List<List<Integer>> places = groups();
        List<List<PdfLine>> groups = places.stream()
                .map(group -> group.stream().map(lines::get).toList())
                .toList();
        boolean byOutline = outline.isUseful();
        List<Float> sizes = byOutline ? List.of() : headingSizes(groups);
        for (int i = 0; i < groups.size(); i++) {
            List<PdfLine> group = groups.get(i);
            PdfLine first = group.getFirst();
            if (i == 0 || groups.get(i - 1).getFirst().page() != first.page()) {
                beforePage.accept(first.page());
            }
            out.page(first.page());
            PdfTable table = tables.get(places.get(i).getFirst());
            if (table != null) {
                write(table, out);
                continue;
            }
            int[] starts = new int[group.size()];
            String text = joined(group, starts);
            int level = byOutline ? outline.level(text) : levelBySize(first, text, sizes);
            if (level > 0) {
                out.heading(level, text);
            } else if (isCode(places.get(i).getFirst())) {
                String code =
                        String.join("\n", group.stream().map(PdfLine::text).toList());
                out.code(code);
                text = code;
            } else if (BULLET.matcher(text).find()) {
                out.listItem(1, text);
            } else {
                out.paragraph(text);
            }
            addPlaces(group, starts, text.length(), out);
        }
        out.page(null);
    }

    private void write(PdfTable table, ParsedDocumentBuilder out) {
        for (int i = 0; i < table.rows().size(); i++) {
            out.row(i == 0 && table.hasHeader(), table.rows().get(i));
            List<PdfLine> row = table.lines().get(i);
            int length = out.lastText().length();
            row.forEach(line -> addPlace(line, 0, length, out));
        }
    }

    /** The tables, by the places of their first lines. */
    private static Map<Integer, PdfTable> findTables(List<PdfLine> lines) {
        Map<Integer, PdfTable> tables = new HashMap<>();
        PdfTable before = null;
        int at = 0;
        while (at < lines.size()) {
            PdfTable table = PdfTable.find(lines, at);
            if (table == null) {
                at++;
            } else {
                PdfTable found = before == null ? table : table.continuing(before);
                tables.put(at, found);
                at += found.countLines();
                before = found;
            }
        }
        return tables;
    }

    /** Places of lines that are one block. */
    private List<List<Integer>> groups() {
        List<List<Integer>> groups = new ArrayList<>();
        List<Integer> group = new ArrayList<>();
        int tableEnd = 0;
        for (int i = 0; i < lines.size(); i++) {
            PdfTable table = tables.get(i);
            boolean begins = table != null || i == tableEnd || (i > tableEnd && startsBlock(i));
            if (begins && !group.isEmpty()) {
                groups.add(group);
                group = new ArrayList<>();
            }
            tableEnd = table == null ? tableEnd : i + table.countLines();
            group.add(i);
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** Whether a line starts a new block. */
    private boolean startsBlock(int at) {
        PdfLine before = lines.get(at - 1);
        PdfLine line = lines.get(at);
        if (isCode(at - 1) != isCode(at) || !before.sameSizeAs(line)) {
            return true;
        }
        float down = line.y() - before.y();
        if (before.page() != line.page() || down < -line.size()) {
            return !continuesParagraph(before, line);
        }
        if (isCode(at)) {
            return down > lineGap * line.size() * 2.5f;
        }
        if (down > lineGap * line.size() * 1.3f || (before.bold() != line.bold() && !line.startsLower())) {
            return true;
        }
        if (BULLET.matcher(line.text()).find() || (outline.isUseful() && outline.level(before.text()) > 0)) {
            return true;
        }
        float indent = line.left() - before.left();
        boolean indented = indent > 0.8f * line.size() && indent < 6 * line.size();
        return before.endsSentence() && (indented || isShort(at - 1));
    }

    /** Whether a paragraph continues over the end of a column or page. */
    private static boolean continuesParagraph(PdfLine before, PdfLine line) {
        return !before.endsSentence()
                && (line.startsLower()
                        || before.text().endsWith("-")
                        || before.text().endsWith(","));
    }

    /** Whether a line ends well before its neighbours do. */
    private boolean isShort(int at) {
        PdfLine line = lines.get(at);
        float right = line.right();
        for (int i = Math.max(0, at - 5); i < Math.min(lines.size(), at + 6); i++) {
            PdfLine other = lines.get(i);
            if (other.page() == line.page() && Math.abs(other.left() - line.left()) < 3 * line.size()) {
                right = Math.max(right, other.right());
            }
        }
        return line.right() < right - 0.1f * (right - line.left());
    }

    /** One text of all lines; words that were divided at line ends are whole again. */
    private String joined(List<PdfLine> group) {
        return joined(group, new int[group.size()]);
    }

    /** @param starts of the lines in the text, which this sets */
    private String joined(List<PdfLine> group, int[] starts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            PdfLine line = group.get(i);
            int end = text.length();
            boolean hyphen = end > 1 && text.charAt(end - 1) == '-' && Character.isLetterOrDigit(text.charAt(end - 2));
            if (hyphen) {
                joiner.continueAfterHyphen(text, line.text());
            } else if (end > 0 && !isIdeograph(text.charAt(end - 1), line.text().charAt(0))) {
                text.append(' ');
            }
            starts[i] = text.length();
            text.append(line.text());
        }
        return text.toString();
    }

    /** Says where the lines of the block that was added last are on their pages. */
    private void addPlaces(List<PdfLine> group, int[] starts, int length, ParsedDocumentBuilder out) {
        for (int i = 0; i < starts.length; i++) {
            PdfLine line = group.get(i);
            int end = i + 1 < starts.length ? starts[i + 1] : length;
            if (line.page() == group.getFirst().page()) {
                addPlace(line, starts[i], end - starts[i], out);
            }
        }
    }

    private void addPlace(PdfLine line, int start, int length, ParsedDocumentBuilder out) {
        PDRectangle page = pageSizes.apply(line.page());
        if (page.getWidth() > 0 && page.getHeight() > 0) {
            out.line(
                    start,
                    length,
                    fraction(line.left(), page.getWidth()),
                    fraction(line.y() - line.size(), page.getHeight()),
                    fraction(line.right() - line.left(), page.getWidth()),
                    fraction(line.size() * LINE_HEIGHT, page.getHeight()));
        }
    }

    private static float fraction(float length, float whole) {
        return Math.clamp(length / whole, 0f, 1f);
    }

    /** Chinese and Japanese put nothing between lines. */
    private static boolean isIdeograph(char before, char after) {
        return before >= '\u3000' && before < '\uAC00' && after >= '\u3000' && after < '\uAC00';
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

    private List<Float> headingSizes(List<List<PdfLine>> groups) {
        TreeSet<Float> sizes = new TreeSet<>(Comparator.reverseOrder());
        int candidates = 0;
        for (List<PdfLine> group : groups) {
            PdfLine first = group.getFirst();
            if (first.size() >= bodySize * LARGER && joined(group).length() <= MAX_HEADING) {
                sizes.add(rounded(first.size()));
                candidates++;
            }
        }
        // Where every other line is large, size says nothing.
        return candidates > groups.size() * 0.4 && groups.size() > 5 ? List.of() : List.copyOf(sizes);
    }

    private int levelBySize(PdfLine first, String text, List<Float> sizes) {
        boolean sentence = text.length() > 60 && text.endsWith(".");
        if (sentence
                || text.length() > MAX_HEADING
                || MARK.matcher(text).find()
                || text.codePoints().noneMatch(Character::isLetter)) {
            return 0;
        }
        int size = sizes.indexOf(rounded(first.size()));
        if (size >= 0) {
            return Math.min(size + 1, SIZE_LEVELS);
        }
        Matcher numbered = NUMBERED.matcher(text);
        if (first.bold() && numbered.matches() && !text.endsWith(".")) {
            int dots = (int) numbered.group(1).chars().filter(c -> c == '.').count();
            return Math.min(sizes.size(), SIZE_LEVELS) + dots + 1;
        }
        return 0;
    }

    private static float rounded(float size) {
        return Math.round(size);
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
