package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what is printed around the text of most pages. A line counts as a running head when it stands at the same place of most pages and is the same on
 * all of them, or differs only in a number that rises with the page; its first occurrence stays. Everything that differs otherwise is content.
 */
final class PdfRunningHeadFilter {
    /** Lines at either end of a page that may be running heads. */
    private static final int EDGE = 2;

    private static final int MIN_PAGES = 4;
    private static final int MIN_OCCURRENCES = 3;
    /** A page number is at most this far from the number of the page in the file: covers, lists of contents, parts of a book. */
    private static final int MAX_OFFSET = 60;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern ROMAN = Pattern.compile("[\\W_]*[ivxlc]{1,7}[\\W_]*", Pattern.CASE_INSENSITIVE);

    private PdfRunningHeadFilter() {}

    /** @return the lines without running heads, in their order */
    static List<PdfLine> removeRunningHeads(List<PdfLine> lines) {
        Map<Integer, List<PdfLine>> pages = new TreeMap<>();
        lines.forEach(line ->
                pages.computeIfAbsent(line.page(), page -> new ArrayList<>()).add(line));
        if (pages.size() < MIN_PAGES) {
            return lines;
        }
        Set<PdfLine> removed = new HashSet<>();
        for (List<PdfLine> alike : findAlike(pages.values())) {
            if (isOnMostPages(alike, pages.keySet())) {
                removed.addAll(findRepetitions(alike));
            }
        }
        return lines.stream().filter(line -> !removed.contains(line)).toList();
    }

    /** Lines at the edges of pages, grouped by place and words whatever their numbers. */
    private static Collection<List<PdfLine>> findAlike(Collection<List<PdfLine>> pages) {
        Map<String, List<PdfLine>> alike = new HashMap<>();
        for (List<PdfLine> page : pages) {
            for (PdfLine line : edges(page)) {
                alike.computeIfAbsent(key(line), key -> new ArrayList<>()).add(line);
            }
        }
        return alike.values();
    }

    private static Set<PdfLine> edges(List<PdfLine> page) {
        List<PdfLine> sorted = new ArrayList<>(page);
        sorted.sort(Comparator.comparingDouble(PdfLine::y));
        Set<PdfLine> edges = new HashSet<>(sorted.subList(0, Math.min(EDGE, sorted.size())));
        edges.addAll(sorted.subList(Math.max(0, sorted.size() - EDGE), sorted.size()));
        return edges;
    }

    private static String key(PdfLine line) {
        boolean roman = ROMAN.matcher(line.text()).matches();
        return Math.round(line.y() / 4)
                + (roman ? "#" : NUMBER.matcher(line.text()).replaceAll("#"));
    }

    /** Books have another head on left pages than on right ones, so pages of one side are enough. */
    private static boolean isOnMostPages(List<PdfLine> alike, Set<Integer> pages) {
        if (alike.size() < MIN_OCCURRENCES) {
            return false;
        }
        int side = alike.getFirst().page() % 2;
        boolean oneSide = alike.stream().allMatch(line -> line.page() % 2 == side);
        long possible =
                oneSide ? pages.stream().filter(page -> page % 2 == side).count() : pages.size();
        return alike.size() * 2L > possible;
    }

    /** The lines that repeat an earlier one or are page numbers. */
    private static Set<PdfLine> findRepetitions(List<PdfLine> alike) {
        Set<PdfLine> repeated = new HashSet<>();
        Set<String> known = new HashSet<>();
        Map<Integer, Integer> offsets = new HashMap<>();
        alike.forEach(line -> numbers(line).forEach(number -> offsets.merge(number - line.page(), 1, Integer::sum)));
        int usual = offsets.entrySet().stream()
                .filter(offset -> Math.abs(offset.getKey()) <= MAX_OFFSET)
                .filter(offset -> offset.getValue() * 2 > alike.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        boolean roman =
                alike.stream().allMatch(line -> ROMAN.matcher(line.text()).matches());
        for (PdfLine line : alike) {
            List<Integer> numbers = numbers(line);
            boolean numbered = usual != Integer.MAX_VALUE && numbers.contains(usual + line.page());
            String words = numbered ? withoutNumber(line.text(), usual + line.page()) : line.text();
            boolean nothingElse = numbered && words.codePoints().noneMatch(Character::isLetter);
            if (roman || nothingElse || !known.add(words)) {
                repeated.add(line);
            }
        }
        return repeated;
    }

    private static List<Integer> numbers(PdfLine line) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(line.text());
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        return numbers.stream().distinct().toList();
    }

    private static String withoutNumber(String text, int number) {
        return text.replaceFirst("(?<!\\d)0*" + number + "(?!\\d)", "#");
    }
}
