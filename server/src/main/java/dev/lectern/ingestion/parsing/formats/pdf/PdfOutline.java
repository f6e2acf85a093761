package dev.lectern.ingestion.parsing.formats.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionGoTo;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.jspecify.annotations.Nullable;

/** The bookmarks of a PDF: which texts are headings, of which level, and on which pages. */
final class PdfOutline {
    private static final int MAX_ITEMS = 20_000;
    private static final int MAX_LEVEL = 6;
    private static final int MAX_HEADING = 250;
    /** A bookmark may lead to the page before, of which the heading is at the end, or to the one behind. */
    private static final int NEAR = 1;

    private static final Pattern NOISE = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NUMBER = Pattern.compile(
            "^(?:(?:chapter|section|part|appendix|kapitel|capítulo|chapitre)\\s+)?(?:(?:\\d+|[A-Z])(?:[.\\-]\\d+)*[.:)]?\\s+)",
            Pattern.CASE_INSENSITIVE);

    private final Map<String, List<Bookmark>> bookmarks = new HashMap<>();
    private final IdentityHashMap<COSDictionary, Integer> pages = new IdentityHashMap<>();
    private int items;
    private int deepest;

    /** @param page from 1; 0 if it is not known */
    private record Bookmark(int level, int page) {}

    static PdfOutline of(PDDocument document) {
        PdfOutline outline = new PdfOutline();
        try {
            PDDocumentOutline root = document.getDocumentCatalog().getDocumentOutline();
            if (root != null && root.hasChildren()) {
                int number = 0;
                for (PDPage page : document.getPages()) {
                    outline.pages.put(page.getCOSObject(), ++number);
                }
                outline.add(root, document, 1);
            }
        } catch (IOException | RuntimeException e) {
            // The headings are told by the size of their letters then, so no text is lost.
        }
        return outline;
    }

    /** Few bookmarks do not tell where all headings are. */
    boolean isUseful() {
        return bookmarks.size() >= 3;
    }

    /** The largest level of a bookmark, 0 if there are none. */
    int deepestLevel() {
        return deepest;
    }

    /**
     * The level of the heading that a text is, 0 when it is none.
     *
     * @param page of the text, from 1
     */
    int level(String text, int page) {
        if (text.length() > MAX_HEADING) {
            return 0;
        }
        int level = levelOf(key(text), page);
        return level > 0 ? level : levelOf(key(NUMBER.matcher(text).replaceFirst("")), page);
    }

    private int levelOf(String key, int page) {
        for (Bookmark bookmark : bookmarks.getOrDefault(key, List.of())) {
            if (bookmark.page() == 0 || Math.abs(bookmark.page() - page) <= NEAR) {
                return bookmark.level();
            }
        }
        return 0;
    }

    private void add(PDOutlineNode parent, PDDocument document, int level) throws IOException {
        for (PDOutlineItem item : parent.children()) {
            if (items++ > MAX_ITEMS) {
                return;
            }
            String title = item.getTitle();
            if (title != null && !key(title).isEmpty()) {
                Bookmark bookmark = new Bookmark(level, page(item, document));
                deepest = Math.max(deepest, level);
                bookmarks.computeIfAbsent(key(title), key -> new ArrayList<>()).add(bookmark);
                String bare = key(NUMBER.matcher(title).replaceFirst(""));
                if (bare.length() > 3 && !bare.equals(key(title))) {
                    bookmarks.computeIfAbsent(bare, key -> new ArrayList<>()).add(bookmark);
                }
            }
            if (level < MAX_LEVEL) {
                add(item, document, level + 1);
            }
        }
    }

    private int page(PDOutlineItem item, PDDocument document) {
        try {
            PDPage page = destinationPage(item.getDestination());
            if (page == null && item.getAction() instanceof PDActionGoTo action) {
                page = destinationPage(action.getDestination());
            }
            if (page == null) {
                page = item.findDestinationPage(document);
            }
            return page == null ? 0 : pages.getOrDefault(page.getCOSObject(), 0);
        } catch (IOException | RuntimeException e) {
            // A bookmark that leads nowhere still names a heading.
            return 0;
        }
    }

    private static @Nullable PDPage destinationPage(@Nullable PDDestination destination) {
        return destination instanceof PDPageDestination direct ? direct.getPage() : null;
    }

    private static String key(String title) {
        return NOISE.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
