package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** What the styles of a Word document mean: those of Word itself by their names, which are English in all languages, and those that are based on them. */
final class WordStyles {
    private static final int MAX_BASES = 20;
    private static final int MAX_NAME = 100;
    private static final Pattern HEADING = Pattern.compile("heading ([1-9])");
    private static final Pattern CONTENTS = Pattern.compile("toc [1-9]");
    private static final Pattern CODE = Pattern.compile(
            "(?:.* )?(?:code|listing)(?: .*)?|sourcecode|html preformatted|preformatted text|macro|macro text");
    private static final Pattern QUOTE = Pattern.compile("(?:intense )?quote|block ?quote|quotations|block text");

    /** What a paragraph is by its style. */
    enum Role {
        TEXT,
        TITLE,
        HEADING,
        CAPTION,
        QUOTE,
        CODE,
        CONTENTS_ENTRY
    }

    /**
     * A style with what it takes over from the styles that it is based on.
     *
     * @param level of a heading, from 1
     * @param list number of its list; null when it has none
     * @param listLevel from 0
     * @param hidden whether its text is not shown
     */
    record Style(Role role, int level, @Nullable String list, int listLevel, boolean hidden) {}

    private static final Style PLAIN = new Style(Role.TEXT, 0, null, 0, false);

    private final Map<String, XmlElement> elements = new HashMap<>();
    private final Map<String, Style> styles = new HashMap<>();

    WordStyles(ZipPackage parts, String part, int maxDepth) throws IOException, XMLStreamException {
        parts.read(part, xml -> {
            while (ZipPackage.nextElement(xml)) {
                if (xml.getLocalName().equals("style")) {
                    XmlElement style = XmlElement.read(xml, maxDepth);
                    elements.put(style.attribute("styleId"), style);
                }
            }
        });
    }

    /** @param id may be empty or unknown */
    Style find(String id) {
        Style known = styles.get(id);
        if (known == null) {
            known = resolve(id);
            styles.put(id, known);
        }
        return known;
    }

    private Style resolve(String id) {
        XmlElement element = elements.get(id);
        Style style = PLAIN;
        for (int i = 0; element != null && i < MAX_BASES; i++) {
            style = merge(style, element);
            element = elements.get(element.attributeOf("val", "basedOn"));
        }
        return style;
    }

    private static Style merge(Style style, XmlElement element) {
        Style own = read(element);
        boolean known = style.role() != Role.TEXT;
        return new Style(
                known ? style.role() : own.role(),
                known ? style.level() : own.level(),
                style.list() == null ? own.list() : style.list(),
                style.list() == null ? own.listLevel() : style.listLevel(),
                style.hidden() || own.hidden());
    }

    private static Style read(XmlElement element) {
        String named = element.attributeOf("val", "name").toLowerCase(Locale.ROOT);
        String name = named.length() > MAX_NAME ? "" : named;
        XmlElement list = element.find("pPr", "numPr");
        XmlElement listLevel = element.find("pPr", "numPr", "ilvl");
        XmlElement outline = element.find("pPr", "outlineLvl");
        int outlined = outline == null ? 9 : outline.number("val", 9);
        Matcher heading = HEADING.matcher(name);
        Role role = role(name);
        int level = 0;
        if (heading.matches()) {
            role = Role.HEADING;
            level = Integer.parseInt(heading.group(1));
        } else if (role == Role.TEXT && outlined < 9) {
            role = Role.HEADING;
            level = outlined + 1;
        }
        return new Style(
                role,
                level,
                list == null || list.find("numId") == null ? null : list.attributeOf("val", "numId"),
                listLevel == null ? Math.max(0, level - 1) : listLevel.number("val", 0),
                isOn(element.find("rPr", "vanish")));
    }

    private static Role role(String name) {
        if (name.equals("title")) {
            return Role.TITLE;
        }
        if (name.equals("caption")) {
            return Role.CAPTION;
        }
        if (CONTENTS.matcher(name).matches()) {
            return Role.CONTENTS_ENTRY;
        }
        if (CODE.matcher(name).matches()) {
            return Role.CODE;
        }
        return QUOTE.matcher(name).matches() ? Role.QUOTE : Role.TEXT;
    }

    /** Whether a property that needs no value is set. */
    static boolean isOn(@Nullable XmlElement property) {
        return property != null
                && switch (property.attribute("val")) {
                    case "0", "false", "off" -> false;
                    default -> true;
                };
    }
}
