package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides which texts are headings and of which level: by bookmarks if there are some, and by the size of letters. */
final class PdfHeadings {
    private static final Pattern NUMBERED = Pattern.compile("^(\\d{1,2}(?:\\.\\d{1,2}){0,4})\\.?\\s+\\p{Lu}.*");
    private static final Pattern MARK = Pattern.compile("^[•◦▪▫‣●○■□–—*·∙➢✓]\\s");
    private static final int MAX_HEADING = 180;
    private static final int SIZE_LEVELS = 4;
    private static final float LARGER = 1.15f;

    private final PdfOutline outline;
    private final float bodySize;
    private final List<Float> sizes;

    /** A text that may be a heading. */
    record Candidate(PdfLine first, String text) {}

    /** @param blocks of the document */
    PdfHeadings(PdfOutline outline, float bodySize, List<Candidate> blocks) {
        this.outline = outline;
        this.bodySize = bodySize;
        sizes = headingSizes(blocks);
    }

    /** Whether a line is a whole heading by the bookmarks. */
    boolean isBookmarked(PdfLine line) {
        return outline.isUseful() && outline.level(line.text(), line.page()) > 0;
    }

    /** The level of the heading that a text is, from 1; 0 if it is none. */
    int level(PdfLine first, String text) {
        int bookmarked = outline.isUseful() ? outline.level(text, first.page()) : 0;
        if (bookmarked > 0) {
            return bookmarked;
        }
        int bySize = levelBySize(first, text);
        return bySize == 0 || !outline.isUseful() ? bySize : levelBesideOutline(first);
    }

    /** The title is above all bookmarks; whatever else is large and not among them is below them. */
    private int levelBesideOutline(PdfLine first) {
        boolean isTitle = first.page() == 1 && sizes.indexOf(rounded(first.size())) == 0;
        return isTitle ? 1 : outline.deepestLevel() + 1;
    }

    private List<Float> headingSizes(List<Candidate> blocks) {
        TreeSet<Float> found = new TreeSet<>(Comparator.reverseOrder());
        int candidates = 0;
        for (Candidate block : blocks) {
            if (!block.first().slanted()
                    && block.first().size() >= bodySize * LARGER
                    && block.text().length() <= MAX_HEADING) {
                found.add(rounded(block.first().size()));
                candidates++;
            }
        }
        // Where every other line is large, size says nothing.
        return candidates > blocks.size() * 0.4 && blocks.size() > 5 ? List.of() : List.copyOf(found);
    }

    private int levelBySize(PdfLine first, String text) {
        boolean sentence = text.length() > 60 && text.endsWith(".");
        if (sentence
                || first.slanted()
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
}
