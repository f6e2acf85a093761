package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Removes what is printed around the text: titles at the top, numbers and notes at the bottom, tables of contents. */
final class PdfRunningHeadFilter {
    /** Lines at either end of a page that may be running heads. */
    private static final int EDGE = 2;

    private static final int MIN_PAGES = 3;
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "[\\W_]*(?:page|seite|página|p\\.)?\\s*(?:\\d{1,5}|[ivxlcdm]{1,7})(?:\\s*(?:/|of|von|de)\\s*\\d+)?[\\W_]*",
            Pattern.CASE_INSENSITIVE);

    /** Lines of a table of contents, which repeat the headings. */
    private static final Pattern LEADERS = Pattern.compile("(?:\\. ?){5,}\\s*(?:\\d{1,5}|[ivxlc]{1,7})$");

    private PdfRunningHeadFilter() {}

    static List<PdfLine> removeRunningHeads(List<PdfLine> lines) {
        Map<Integer, List<PdfLine>> pages = new HashMap<>();
        lines.forEach(line ->
                pages.computeIfAbsent(line.page(), page -> new ArrayList<>()).add(line));
        if (pages.size() < MIN_PAGES) {
            return lines;
        }
        Set<PdfLine> edges = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (List<PdfLine> page : pages.values()) {
            for (PdfLine line : edges(page)) {
                edges.add(line);
                seen.merge(key(line), 1, Integer::sum);
            }
        }
        return lines.stream()
                .filter(line -> !LEADERS.matcher(line.text()).find())
                .filter(line -> !edges.contains(line)
                        || (seen.getOrDefault(key(line), 0) < MIN_PAGES
                                && !PAGE_NUMBER.matcher(line.text()).matches()))
                .toList();
    }

    private static List<PdfLine> edges(List<PdfLine> page) {
        List<PdfLine> sorted = new ArrayList<>(page);
        sorted.sort(Comparator.comparingDouble(PdfLine::y));
        List<PdfLine> edges = new ArrayList<>(sorted.subList(0, Math.min(EDGE, sorted.size())));
        edges.addAll(sorted.subList(Math.max(0, sorted.size() - EDGE), sorted.size()));
        return edges;
    }

    /** The same for equal words at about the same place, whatever the page number. */
    private static String key(PdfLine line) {
        return Math.round(line.y() / 4) + DIGITS.matcher(line.text()).replaceAll("#");
    }
}
