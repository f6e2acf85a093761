package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The styles of an OpenDocument file, by their family and name. */
final class OpenDocumentStyles {
    private static final int MAX_PARENTS = 20;

    private final Map<String, XmlElement> styles = new HashMap<>();
    private @Nullable XmlElement outline;

    /** Adds styles; those of the text itself may have the names of others, and win. */
    void add(XmlElement list) {
        for (XmlElement style : list.childrenNamed("style")) {
            styles.put(style.attribute("family") + " " + style.attribute("name"), style);
        }
        for (XmlElement style : list.childrenNamed("list-style")) {
            styles.put("list " + style.attribute("name"), style);
        }
        XmlElement numbers = list.find("outline-style");
        outline = numbers == null ? outline : numbers;
    }

    /** How the items of a list are numbered; null when there is no such style. */
    @Nullable XmlElement listStyle(String name) {
        return styles.get("list " + name);
    }

    /** How headings are numbered; null when nothing says so. */
    @Nullable XmlElement outline() {
        return outline;
    }

    /** The name of the list style that a style of paragraphs, or one that it is derived from, has; empty when there is none. */
    String listStyleOf(String paragraphStyle) {
        XmlElement style = styles.get("paragraph " + paragraphStyle);
        for (int i = 0; style != null && i < MAX_PARENTS; i++) {
            if (style.has("list-style-name")) {
                return style.attribute("list-style-name");
            }
            style = styles.get("paragraph " + style.attribute("parent-style-name"));
        }
        return "";
    }

    /** Whether the style, or one that it is derived from, hides its text. */
    boolean hides(String family, String name) {
        XmlElement style = styles.get(family + " " + name);
        for (int i = 0; style != null && i < MAX_PARENTS; i++) {
            String display = style.attributeOf("display", "text-properties");
            if (!display.isEmpty()) {
                return display.equals("none");
            }
            style = styles.get(family + " " + style.attribute("parent-style-name"));
        }
        return false;
    }

    boolean hidesSheet(String name) {
        XmlElement style = styles.get("table " + name);
        return style != null && style.attributeOf("display", "table-properties").equals("false");
    }

    boolean hidesSlide(String name) {
        XmlElement style = styles.get("drawing-page " + name);
        return style != null
                && style.attributeOf("visibility", "drawing-page-properties").equals("hidden");
    }

    /** What a paragraph is by its style, or one that this is derived from. */
    WordStyles.Role role(String name) {
        String at = name;
        for (int i = 0; i < MAX_PARENTS; i++) {
            WordStyles.Role role = named(at);
            XmlElement style = styles.get("paragraph " + at);
            if (role != WordStyles.Role.TEXT || style == null) {
                return role;
            }
            at = style.attribute("parent-style-name");
        }
        return WordStyles.Role.TEXT;
    }

    /** The level of a heading that is a paragraph with the style of headings; null when it is none. */
    @Nullable Integer headingLevel(String name) {
        String at = name;
        for (int i = 0; i < MAX_PARENTS; i++) {
            String plain = plain(at);
            if (plain.length() == "heading 1".length() && plain.startsWith("heading ")) {
                int level = plain.charAt(plain.length() - 1) - '0';
                return level >= 1 && level <= 9 ? level : null;
            }
            XmlElement style = styles.get("paragraph " + at);
            if (style == null) {
                return null;
            }
            at = style.attribute("parent-style-name");
        }
        return null;
    }

    private static WordStyles.Role named(String name) {
        String plain = plain(name);
        if (plain.equals("title")) {
            return WordStyles.Role.TITLE;
        }
        if (plain.endsWith("caption")
                || Set.of("illustration", "table", "drawing", "figure").contains(plain)) {
            return WordStyles.Role.CAPTION;
        }
        if (plain.startsWith("preformatted text") || plain.equals("source code") || plain.equals("code")) {
            return WordStyles.Role.CODE;
        }
        return plain.startsWith("quotation") || plain.equals("quote") ? WordStyles.Role.QUOTE : WordStyles.Role.TEXT;
    }

    private static String plain(String name) {
        return name.replace("_20_", " ").toLowerCase(Locale.ROOT);
    }
}
