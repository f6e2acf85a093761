package dev.lectern.ingestion.parsing.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes tables of contents, which repeat the headings. Leaders alone do not make one, as price lists have them too: its numbers must be pages of the document
 * that never fall, and its entries must stand in the text again.
 */
final class PdfContentsFilter {
    private static final Pattern ENTRY = Pattern.compile("^(.*?\\p{L}.*?)\\s*(?:\\.\\s?){4,}\\s*(\\d{1,5})$");
    private static final int MIN_ENTRIES = 3;
    /** Pages are numbered from another one than the first of the file. */
    private static final int MAX_OFFSET = 60;

    private PdfContentsFilter() {}

    /** An entry and where it stands. */
    private record Entry(PdfLine line, String words, int page) {}

    /** @param pages of the document */
    static List<PdfLine> removeContents(List<PdfLine> lines, int pages) {
        Set<PdfLine> removed = new HashSet<>();
        Set<String> texts = new HashSet<>();
        lines.forEach(line -> texts.add(words(line.text())));
        List<Entry> run = new ArrayList<>();
        int gap = 0;
        for (PdfLine line : lines) {
            Matcher matcher = ENTRY.matcher(line.text());
            if (matcher.matches()) {
                run.add(new Entry(line, words(matcher.group(1)), Integer.parseInt(matcher.group(2))));
                gap = 0;
            } else if (++gap > 2) {
                addContents(run, texts, pages, removed);
                run.clear();
            }
        }
        addContents(run, texts, pages, removed);
        return lines.stream().filter(line -> !removed.contains(line)).toList();
    }

    private static void addContents(List<Entry> run, Set<String> texts, int pages, Set<PdfLine> removed) {
        boolean rising = true;
        for (int i = 1; i < run.size(); i++) {
            rising &= run.get(i).page() >= run.get(i - 1).page();
        }
        long repeated =
                run.stream().filter(entry -> texts.contains(entry.words())).count();
        if (run.size() >= MIN_ENTRIES
                && rising
                && run.getLast().page() <= pages + MAX_OFFSET
                && repeated * 2 >= run.size()) {
            run.forEach(entry -> removed.add(entry.line()));
        }
    }

    private static String words(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
