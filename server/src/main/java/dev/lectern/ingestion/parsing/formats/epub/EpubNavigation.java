package dev.lectern.ingestion.parsing.formats.epub;

import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The table of contents of an e-book: it names the chapters that only look as if they had a heading. */
final class EpubNavigation {
    static final String CONTENTS = "nav[epub:type~=(?i)\\btoc\\b], nav[role=doc-toc]";
    private static final String PLACES = "p, div, section, article, li, td, h1, h2, h3, h4, h5, h6, body";
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_LEVEL = 6;

    private final Map<String, List<Entry>> entries = new HashMap<>();
    private int count;

    /**
     * One entry.
     *
     * @param fragment id of the element in its part; empty for the beginning
     * @param level from 1
     */
    private record Entry(String title, int level, String fragment) {}

    /** Reads the table of contents of version 2. */
    void addNcx(String part, ZipPackage parts) throws IOException, XMLStreamException {
        XmlElement root = parts.readWhole(part);
        XmlElement map = root == null ? null : root.find("navMap");
        if (map != null) {
            addPoints(part, map, 1);
        }
    }

    private void addPoints(String part, XmlElement around, int level) {
        for (XmlElement point : around.childrenNamed("navPoint")) {
            XmlElement label = point.find("navLabel", "text");
            add(part, point.attributeOf("src", "content"), label == null ? "" : label.text(), level);
            addPoints(part, point, level + 1);
        }
    }

    /** Reads the table of contents of version 3. */
    void addPage(String part, Document page) {
        Element contents = page.selectFirst(CONTENTS);
        if (contents == null) {
            contents = page.selectFirst("nav");
        }
        if (contents != null) {
            for (Element link : contents.select("a[href]")) {
                int level = 0;
                for (Element around = link; around != null && !around.equals(contents); around = around.parent()) {
                    level += around.is("ol, ul") ? 1 : 0;
                }
                add(part, link.attr("href"), link.text(), level);
            }
        }
    }

    private void add(String part, String target, String title, int level) {
        if (count++ < MAX_ENTRIES && !title.isBlank() && !target.isBlank()) {
            int hash = target.indexOf('#');
            String path = hash < 0 ? target : target.substring(0, hash);
            String fragment = hash < 0 ? "" : target.substring(hash + 1);
            entries.computeIfAbsent(key(ZipPackage.resolve(part, path)), one -> new ArrayList<>())
                    .add(new Entry(TextNormalizer.normalizeLine(title), Math.clamp(level, 1, MAX_LEVEL), fragment));
        }
    }

    private static String key(String part) {
        return part.toLowerCase(Locale.ROOT);
    }

    /** Gives a chapter without any heading those of the table of contents. */
    void addHeadings(String part, Document chapter) {
        if (!chapter.body().hasText() || chapter.selectFirst("h1, h2, h3, h4, h5, h6") != null) {
            return;
        }
        for (Entry entry : entries.getOrDefault(key(part), List.of())) {
            Element target = entry.fragment().isEmpty() ? chapter.body() : chapter.getElementById(entry.fragment());
            Element place = target == null ? null : target.closest(PLACES);
            if (place != null) {
                addHeading(place, entry);
            }
        }
    }

    private static void addHeading(Element place, Entry entry) {
        String name = "h" + entry.level();
        Element shown = firstWithText(place, entry.title());
        if (shown != null) {
            shown.tagName(name);
        } else if (place.is("p, h1, h2, h3, h4, h5, h6")) {
            place.before(new Element(name).text(entry.title()));
        } else {
            place.prependChild(new Element(name).text(entry.title()));
        }
    }

    /** The paragraph at the beginning of the place that is the heading; null when there is none. */
    private static @Nullable Element firstWithText(Element place, String title) {
        Element at = place;
        while (at != null) {
            if (at.is("p, div") && at.text().equalsIgnoreCase(title)) {
                return at;
            }
            at = at.children().stream().filter(Element::hasText).findFirst().orElse(null);
        }
        return null;
    }
}
