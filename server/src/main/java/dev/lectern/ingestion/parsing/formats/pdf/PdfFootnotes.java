package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfElement;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes footnotes out of the text that they interrupt: small lines at the end of a page or column, the first of which begins with a mark. */
final class PdfFootnotes {
    private static final Pattern BEGIN =
            Pattern.compile("^(?:\\d{1,3}|[*†‡§¶]{1,3}|\\[\\d{1,3}]|\\(\\d{1,3}\\)|[a-z](?=\\s))[.)]?\\s?\\S.*");
    private static final float SMALL = 0.93f;
    private static final int MAX_LINES = 40;
    /** Footnotes are in the lower part of a page. */
    private static final float LOWER = 0.45f;

    private final List<PdfElement> text = new ArrayList<>();
    private final TreeMap<Integer, List<List<PdfLine>>> notes = new TreeMap<>();

    /** @param bodySize of most letters of the document */
    PdfFootnotes(List<PdfElement> elements, float bodySize) {
        int at = 0;
        while (at < elements.size()) {
            int end = end(elements, at, bodySize);
            if (end > at) {
                addNotes(elements.subList(at, end));
                at = end;
            } else {
                text.add(elements.get(at));
                at++;
            }
        }
    }

    /** Everything else. */
    List<PdfElement> text() {
        return text;
    }

    /** The footnotes of the pages up to one, which are forgotten. */
    List<List<PdfLine>> takeUntil(int page) {
        List<List<PdfLine>> taken = new ArrayList<>();
        while (!notes.isEmpty() && notes.firstKey() <= page) {
            taken.addAll(notes.pollFirstEntry().getValue());
        }
        return taken;
    }

    /** The end of the footnotes that begin at a place; the place itself if none do. */
    private static int end(List<PdfElement> elements, int at, float bodySize) {
        if (!(elements.get(at) instanceof PdfLine first) || !isBegin(elements, at, first, bodySize)) {
            return at;
        }
        int end = at + 1;
        while (end < elements.size()
                && end - at < MAX_LINES
                && elements.get(end) instanceof PdfLine line
                && line.page() == first.page()
                && line.size() <= bodySize * SMALL
                && line.frame().equals(first.frame())
                && isBelow((PdfLine) elements.get(end - 1), line)) {
            end++;
        }
        boolean isLast = end == elements.size()
                || elements.get(end).page() != first.page()
                || (elements.get(end) instanceof PdfLine next && next.y() < first.y());
        return isLast ? end : at;
    }

    private static boolean isBelow(PdfLine before, PdfLine line) {
        return line.y() > before.y() && line.y() - before.y() < 2.5f * line.size();
    }

    private static boolean isBegin(List<PdfElement> elements, int at, PdfLine first, float bodySize) {
        boolean isSmall = first.size() <= bodySize * SMALL;
        boolean isLow = first.y() > LOWER * first.frame().height();
        if (!isSmall || !isLow || !BEGIN.matcher(first.text()).matches() || at == 0) {
            return false;
        }
        return elements.get(at - 1) instanceof PdfLine before
                && before.page() == first.page()
                && before.size() > bodySize * SMALL
                && before.y() < first.y();
    }

    private void addNotes(List<PdfElement> lines) {
        List<List<PdfLine>> onPage = notes.computeIfAbsent(lines.getFirst().page(), page -> new ArrayList<>());
        List<PdfLine> note = new ArrayList<>();
        for (PdfElement element : lines) {
            if (element instanceof PdfLine line) {
                if (!note.isEmpty() && BEGIN.matcher(line.text()).matches() && isMark(line)) {
                    onPage.add(note);
                    note = new ArrayList<>();
                }
                note.add(line);
            }
        }
        onPage.add(note);
    }

    /** A line within a note may begin with a number or a short word as well. */
    private static boolean isMark(PdfLine line) {
        return !Character.isLetter(line.text().charAt(0));
    }
}
