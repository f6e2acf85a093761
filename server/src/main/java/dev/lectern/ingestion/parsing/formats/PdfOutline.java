package dev.lectern.ingestion.parsing.formats;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** The bookmarks of a PDF: which texts are headings, and of which level. */
final class PdfOutline {
    private static final int MAX_ITEMS = 20_000;
    private static final int MAX_LEVEL = 6;
    private static final int MAX_HEADING = 250;
    private static final Pattern NOISE = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile(
            "^(?:(?:chapter|section|part|appendix|kapitel|capítulo|chapitre)\\s+)?(?:(?:\\d+|[A-Z])(?:[.\\-]\\d+)*[.:)]?\\s+)",
            Pattern.CASE_INSENSITIVE);

    private final Map<String, Integer> levels = new HashMap<>();

    static PdfOutline of(PDDocument document) {
        PdfOutline outline = new PdfOutline();
        try {
            PDDocumentOutline root = document.getDocumentCatalog().getDocumentOutline();
            if (root != null) {
                outline.add(root, 1);
            }
        } catch (IOException | RuntimeException e) {
            // A broken outline is none.
        }
        return outline;
    }

    /** Few bookmarks do not tell where all headings are. */
    boolean isUseful() {
        return levels.size() >= 3;
    }

    /** The level of the heading that this is, 0 when it is none. */
    int level(String text) {
        if (text.length() > MAX_HEADING) {
            return 0;
        }
        Integer level = levels.get(key(text));
        if (level == null) {
            level = levels.get(key(NUMBER.matcher(text).replaceFirst("")));
        }
        return level == null ? 0 : level;
    }

    private void add(PDOutlineNode parent, int level) throws IOException {
        int items = 0;
        for (PDOutlineItem item : parent.children()) {
            if (levels.size() > MAX_ITEMS || items++ > MAX_ITEMS) {
                return;
            }
            String title = item.getTitle();
            if (title != null && !key(title).isEmpty()) {
                levels.putIfAbsent(key(title), level);
                String bare = key(NUMBER.matcher(title).replaceFirst(""));
                if (bare.length() > 3) {
                    levels.putIfAbsent(bare, level);
                }
            }
            if (level < MAX_LEVEL) {
                add(item, level + 1);
            }
        }
    }

    private static String key(String title) {
        return NOISE.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
