package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.NumberFormatter;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Counts the numbers of the lists and headings of a Word document, which the file does not hold as text. */
final class WordNumbering {
    private static final int LEVELS = 9;
    private static final int UNSET = -1;

    private final Map<String, XmlElement> definitions = new HashMap<>();
    private final Map<String, XmlElement> lists = new HashMap<>();
    private final Map<String, int[]> counters = new HashMap<>();

    WordNumbering(ZipPackage parts, String part, int maxDepth) throws IOException, XMLStreamException {
        parts.read(part, xml -> {
            while (ZipPackage.nextElement(xml)) {
                switch (xml.getLocalName()) {
                    case "abstractNum" -> {
                        XmlElement definition = XmlElement.read(xml, maxDepth);
                        definitions.put(definition.attribute("abstractNumId"), definition);
                    }
                    case "num" -> {
                        XmlElement list = XmlElement.read(xml, maxDepth);
                        lists.put(list.attribute("numId"), list);
                    }
                    default -> {
                        // Pictures of bullets.
                    }
                }
            }
        });
    }

    /**
     * The number of the next paragraph of a list, such as "4.2"; empty for bullets and for lists that are not known.
     *
     * @param level from 0
     */
    String next(String listId, int level) {
        XmlElement list = lists.get(listId);
        if (list == null || level < 0 || level >= LEVELS) {
            return "";
        }
        String definitionId = list.attributeOf("val", "abstractNumId");
        XmlElement definition = definitions.get(definitionId);
        XmlElement own = definition == null ? null : level(definition, list, level);
        if (definition == null || own == null) {
            return "";
        }
        String counted = list.find("lvlOverride") == null ? definitionId : "num " + listId;
        int[] counter = counters.computeIfAbsent(counted, id -> unset());
        for (int i = 0; i <= level; i++) {
            if (counter[i] == UNSET) {
                counter[i] = start(definition, list, i);
            } else if (i == level) {
                counter[i]++;
            }
        }
        Arrays.fill(counter, level + 1, LEVELS, UNSET);
        return label(own, definition, list, counter);
    }

    private static int[] unset() {
        int[] counter = new int[LEVELS];
        Arrays.fill(counter, UNSET);
        return counter;
    }

    private static String label(XmlElement own, XmlElement definition, XmlElement list, int[] counter) {
        String format = own.attributeOf("val", "numFmt");
        if (format.equals("bullet") || format.equals("none")) {
            return "";
        }
        boolean legal = WordStyles.isOn(own.find("isLgl"));
        StringBuilder label = new StringBuilder();
        String pattern = own.attributeOf("val", "lvlText");
        for (int i = 0; i < pattern.length(); i++) {
            char character = pattern.charAt(i);
            int at = i + 1 < pattern.length() ? pattern.charAt(i + 1) - '1' : -1;
            if (character == '%' && at >= 0 && at < LEVELS) {
                XmlElement level = level(definition, list, at);
                label.append(number(
                        Math.max(0, counter[at]),
                        legal || level == null ? "decimal" : level.attributeOf("val", "numFmt")));
                i++;
            } else {
                label.append(character);
            }
        }
        return label.toString().strip();
    }

    private static int start(XmlElement definition, XmlElement list, int level) {
        for (XmlElement override : list.childrenNamed("lvlOverride")) {
            XmlElement start = override.find("startOverride");
            if (override.number("ilvl", -1) == level && start != null) {
                return start.number("val", 1);
            }
        }
        XmlElement own = level(definition, list, level);
        XmlElement start = own == null ? null : own.find("start");
        return start == null ? 1 : start.number("val", 1);
    }

    private static @Nullable XmlElement level(XmlElement definition, XmlElement list, int level) {
        for (XmlElement override : list.childrenNamed("lvlOverride")) {
            XmlElement own = override.find("lvl");
            if (override.number("ilvl", -1) == level && own != null) {
                return own;
            }
        }
        return definition.childrenNamed("lvl").stream()
                .filter(one -> one.number("ilvl", -1) == level)
                .findFirst()
                .orElse(null);
    }

    private static String number(int value, String format) {
        return switch (format) {
            case "lowerLetter" -> NumberFormatter.format(value, "a");
            case "upperLetter" -> NumberFormatter.format(value, "A");
            case "lowerRoman" -> NumberFormatter.format(value, "i");
            case "upperRoman" -> NumberFormatter.format(value, "I");
            case "decimalZero" -> value < 10 ? "0" + value : String.valueOf(value);
            default -> String.valueOf(value);
        };
    }
}
