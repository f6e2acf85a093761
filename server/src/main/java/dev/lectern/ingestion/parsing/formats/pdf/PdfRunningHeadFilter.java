package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfPage;
import dev.lectern.ingestion.parsing.formats.pdf.layout.TextPiece;
import dev.lectern.library.Block.Mark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what is printed around the text of most pages. A piece counts as a running head when it stands at the same place of most pages and is the same on
 * all of them, or differs only in a number that rises with the page. Everything that differs otherwise is content.
 */
final class PdfRunningHeadFilter {
    /** Lines at either end of a page that may be running heads. */
    private static final int EDGE = 2;

    private static final int MIN_PAGES = 4;
    private static final int MIN_OCCURRENCES = 3;
    /** A page number is at most this far from the number of the page in the file: covers, lists of contents, parts of a book. */
    private static final int MAX_OFFSET = 60;
    /** A row of so many pieces is the header of a table if the next one is as near to it as the lines of a table, as a multiple of their size. */
    private static final int TABLE_CELLS = 3;

    private static final float TABLE_DISTANCE = 2.2f;

    /** Running heads are in this part of a page, at its top or bottom. */
    private static final float MARGIN = 0.25f;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    /** A number that stands alone, which that in a date or an amount does not. */
    private static final Pattern LONE_NUMBER = Pattern.compile("(?<![\\d.,:/-])\\d{1,6}(?![.,:]?\\d|[/-]\\d{1,2}[/-])");
    /** A page within a chapter or an appendix, such as 5-15 or A-5. */
    private static final Pattern CHAPTER_PAGE = Pattern.compile("[\\p{Lu}\\d]{1,4}\\s?[-–.]\\s?(\\d{1,4})");

    /** Behind one of these is the number of an invoice or a record, not that of a page. */
    private static final Pattern NUMBERED = Pattern.compile(
            "(?:\\b(?:no|nr|num|number|nummer|numero|número|numéro|id|ref)|n[º°o]|№|#)[.:]?\\s{0,3}$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ROMAN = Pattern.compile("[\\W_]*[ivxlc]{1,7}[\\W_]*", Pattern.CASE_INSENSITIVE);

    private PdfRunningHeadFilter() {}

    /**
     * Pages without running heads.
     *
     * @param furniture the first of each, to be kept once
     * @param removed how many were removed and not kept
     */
    record Filtered(List<PdfPage> pages, List<Furniture> furniture, int removed) {}

    /** A running head on the first page that has it. */
    record Furniture(int page, Mark mark, float y, float left, String text) {}

    private record Placed(PdfPage page, TextPiece piece) {
        String text() {
            return piece.text();
        }

        int number() {
            return page.number();
        }

        Mark mark() {
            return piece.y() < page.upright().frame().height() / 2 ? Mark.HEADER : Mark.FOOTER;
        }
    }

    static Filtered removeRunningHeads(List<PdfPage> pages) {
        List<PdfPage> withText = pages.stream().filter(PdfPage::hasText).toList();
        if (withText.stream().map(PdfPage::number).distinct().count() < MIN_PAGES) {
            return new Filtered(pages, List.of(), 0);
        }
        Set<TextPiece> removed = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Furniture> furniture = new ArrayList<>();
        for (List<Placed> alike : findAlike(withText)) {
            if (isOnMostPages(alike, withText)) {
                findRepetitions(alike, removed, furniture);
            }
        }
        if (removed.isEmpty()) {
            return new Filtered(pages, List.of(), 0);
        }
        furniture.sort(Comparator.comparingInt(Furniture::page)
                .thenComparing(Furniture::mark)
                .thenComparingDouble(Furniture::y)
                .thenComparingDouble(Furniture::left));
        return new Filtered(
                pages.stream().map(page -> without(page, removed)).toList(),
                List.copyOf(furniture),
                removed.size() - furniture.size());
    }

    private static PdfPage without(PdfPage page, Set<TextPiece> removed) {
        return page.with(
                page.upright().pieces().stream()
                        .filter(piece -> !removed.contains(piece))
                        .toList(),
                page.slanted().stream()
                        .filter(piece -> !removed.contains(piece))
                        .toList());
    }

    /** Pieces at the edges of pages, grouped by place and words whatever their numbers. Slanted ones may be anywhere. */
    private static Collection<List<Placed>> findAlike(List<PdfPage> pages) {
        Map<String, List<Placed>> alike = new HashMap<>();
        for (PdfPage page : pages) {
            List<TextPiece> candidates = new ArrayList<>(
                    edges(page.upright().pieces(), page.upright().frame().height()));
            candidates.addAll(page.slanted());
            for (TextPiece piece : candidates) {
                alike.computeIfAbsent(key(piece), key -> new ArrayList<>()).add(new Placed(page, piece));
            }
        }
        return alike.values();
    }

    private static List<TextPiece> edges(List<TextPiece> pieces, float height) {
        List<List<TextPiece>> rows = rows(pieces);
        List<TextPiece> edges = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean atEdge = i < EDGE || i >= rows.size() - EDGE;
            float y = rows.get(i).getFirst().y();
            boolean inMargin = y < MARGIN * height || y > (1 - MARGIN) * height;
            if (atEdge && inMargin && !isTableHeader(rows, i)) {
                edges.addAll(rows.get(i));
            }
        }
        return edges;
    }

    private static List<List<TextPiece>> rows(List<TextPiece> pieces) {
        List<TextPiece> sorted = new ArrayList<>(pieces);
        sorted.sort(Comparator.comparingDouble(TextPiece::y));
        List<List<TextPiece>> rows = new ArrayList<>();
        for (TextPiece piece : sorted) {
            if (rows.isEmpty() || piece.y() - rows.getLast().getFirst().y() > 0.3f * piece.size()) {
                rows.add(new ArrayList<>());
            }
            rows.getLast().add(piece);
        }
        return rows;
    }

    /** The header of a table that goes over many pages is repeated on them as well, but names what is below it. */
    private static boolean isTableHeader(List<List<TextPiece>> rows, int at) {
        List<TextPiece> row = rows.get(at);
        if (row.size() < TABLE_CELLS || at + 1 >= rows.size()) {
            return false;
        }
        List<TextPiece> next = rows.get(at + 1);
        float distance = next.getFirst().y() - row.getFirst().y();
        return next.size() >= TABLE_CELLS
                && distance < TABLE_DISTANCE * row.getFirst().size();
    }

    private static String key(TextPiece piece) {
        boolean roman = ROMAN.matcher(piece.text()).matches();
        return Math.round(piece.y() / 4)
                + (roman ? "#" : NUMBER.matcher(piece.text()).replaceAll("#"));
    }

    /** Books have another head on left pages than on right ones, so pages of one side are enough. */
    private static boolean isOnMostPages(List<Placed> alike, List<PdfPage> pages) {
        if (alike.size() < MIN_OCCURRENCES) {
            return false;
        }
        int side = alike.getFirst().number() % 2;
        boolean oneSide = alike.stream().allMatch(placed -> placed.number() % 2 == side);
        long possible = oneSide
                ? pages.stream().filter(page -> page.number() % 2 == side).count()
                : pages.size();
        return alike.stream().map(Placed::number).distinct().count() * 2 > possible;
    }

    /** Those that repeat an earlier one or are page numbers. */
    private static void findRepetitions(List<Placed> alike, Set<TextPiece> removed, List<Furniture> furniture) {
        Set<String> known = new HashSet<>();
        Map<String, Long> counts = new HashMap<>();
        int usual = usualOffset(alike);
        boolean roman =
                alike.stream().allMatch(placed -> ROMAN.matcher(placed.text()).matches());
        alike.forEach(placed -> counts.merge(words(placed, usual), 1L, Long::sum));
        for (Placed placed : alike) {
            String words = words(placed, usual);
            boolean isNumber =
                    roman || (!words.equals(placed.text()) && words.codePoints().noneMatch(Character::isLetter));
            if (isNumber) {
                removed.add(placed.piece());
            } else if (counts.getOrDefault(words, 0L) > 1) {
                removed.add(placed.piece());
                if (known.add(words)) {
                    furniture.add(new Furniture(
                            placed.number(),
                            placed.mark(),
                            placed.piece().y(),
                            placed.piece().left(),
                            placed.text()));
                }
            }
        }
    }

    /** What is added to the number of a page in the file to get the number that is printed; the largest integer if none is printed. */
    private static int usualOffset(List<Placed> alike) {
        Map<Integer, Integer> offsets = new HashMap<>();
        alike.forEach(placed ->
                numbers(placed).forEach(number -> offsets.merge(number - placed.number(), 1, Integer::sum)));
        return offsets.entrySet().stream()
                .filter(offset -> Math.abs(offset.getKey()) <= MAX_OFFSET)
                .filter(offset -> offset.getValue() * 2 > alike.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** Numbers that may be those of pages. */
    private static List<Integer> numbers(Placed placed) {
        List<Integer> numbers = new ArrayList<>();
        Matcher chapter = CHAPTER_PAGE.matcher(placed.text());
        if (chapter.matches()) {
            return List.of(Integer.parseInt(chapter.group(1)));
        }
        Matcher matcher = LONE_NUMBER.matcher(placed.text());
        while (matcher.find()) {
            if (!NUMBERED.matcher(placed.text().substring(0, matcher.start())).find()) {
                numbers.add(Integer.parseInt(matcher.group()));
            }
        }
        return numbers.stream().distinct().toList();
    }

    /** The text without the number of the page. */
    private static String words(Placed placed, int offset) {
        if (offset == Integer.MAX_VALUE || !numbers(placed).contains(offset + placed.number())) {
            return placed.text();
        }
        return placed.text().replaceFirst("(?<!\\d)0*" + (offset + placed.number()) + "(?!\\d)", "#");
    }
}
