package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfElement;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes tables of contents, which repeat the headings. Leaders or numbers at line ends alone do not make one, as price lists have them too: most entries must
 * stand in the text again, on the pages that their numbers say.
 */
final class PdfContentsFilter {
    private static final Pattern PAGE = Pattern.compile("\\d{1,5}");
    private static final int MIN_ENTRIES = 3;
    private static final int MAX_LENGTH = 400;
    /** Other lines between two entries, such as the second line of a long one. */
    private static final int MAX_GAP = 2;

    private final Map<String, Set<Integer>> pagesOfTexts = new HashMap<>();
    private final Set<PdfElement> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    private int removedEntries;

    private PdfContentsFilter() {}

    /** The elements without entries, and how many entries there were. */
    record Filtered(List<PdfElement> elements, int removed) {}

    /** An entry, where it stands, and the page that it names. */
    private record Entry(PdfElement element, int on, String words, int page) {}

    static Filtered removeContents(List<PdfElement> elements) {
        return new PdfContentsFilter().remove(elements);
    }

    private Filtered remove(List<PdfElement> elements) {
        for (PdfElement element : elements) {
            if (element instanceof PdfLine line && line.text().length() <= MAX_LENGTH) {
                pagesOfTexts
                        .computeIfAbsent(words(line.text()), words -> new HashSet<>())
                        .add(line.page());
            }
        }
        List<Entry> run = new ArrayList<>();
        int gap = 0;
        for (PdfElement element : elements) {
            List<Entry> entries = entries(element);
            if (!entries.isEmpty()) {
                run.addAll(entries);
                gap = 0;
            } else if (++gap > MAX_GAP) {
                endRun(run);
                run.clear();
            }
        }
        endRun(run);
        return new Filtered(
                elements.stream().filter(element -> !removed.contains(element)).toList(), removedEntries);
    }

    private static List<Entry> entries(PdfElement element) {
        return switch (element) {
            case PdfLine line -> {
                Entry entry = entry(line, line.text());
                yield entry == null ? List.of() : List.of(entry);
            }
            case PdfTable table -> {
                List<Entry> entries = new ArrayList<>();
                for (PdfTable.Row row : table.rows()) {
                    Entry entry = entry(table, row);
                    if (entry == null) {
                        yield List.of();
                    }
                    entries.add(entry);
                }
                yield entries;
            }
        };
    }

    private static @Nullable Entry entry(PdfLine line, String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        PdfLeaders leaders = PdfLeaders.of(text);
        int space = text.lastIndexOf(' ');
        String name = leaders == null ? text.substring(0, Math.max(0, space)) : leaders.item();
        String number = leaders == null ? text.substring(space + 1) : leaders.value();
        return isEntry(name, number) ? new Entry(line, line.page(), words(name), Integer.parseInt(number)) : null;
    }

    private static boolean isEntry(String name, String number) {
        return PAGE.matcher(number).matches() && name.codePoints().anyMatch(Character::isLetter);
    }

    private static @Nullable Entry entry(PdfTable table, PdfTable.Row row) {
        List<String> texts = row.cells().stream().map(PdfTable.Cell::text).toList();
        String last = texts.getLast();
        String name = String.join(" ", texts.subList(0, texts.size() - 1));
        return isEntry(name, last) ? new Entry(table, table.page(), words(name), Integer.parseInt(last)) : null;
    }

    /** Removes entries of which most are found on the page that they name, with the same distance between printed numbers and pages of the file. */
    private void endRun(List<Entry> run) {
        if (run.size() < MIN_ENTRIES) {
            return;
        }
        Map<Integer, Integer> offsets = new HashMap<>();
        for (Entry entry : run) {
            for (int page : pagesOfTexts.getOrDefault(entry.words(), Set.of())) {
                if (page >= entry.on()) {
                    offsets.merge(page - entry.page(), 1, Integer::sum);
                }
            }
        }
        int most = offsets.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (most >= MIN_ENTRIES - 1 && most * 2 >= run.size() && isRising(run)) {
            run.forEach(entry -> removed.add(entry.element()));
            removedEntries += run.size();
        }
    }

    /** The numbers of two columns of prices do not rise together. */
    private static boolean isRising(List<Entry> run) {
        int falls = 0;
        for (int i = 1; i < run.size(); i++) {
            falls += run.get(i).page() < run.get(i - 1).page() ? 1 : 0;
        }
        return falls <= run.size() / 10;
    }

    private static String words(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toLowerCase(Locale.ROOT);
    }
}
