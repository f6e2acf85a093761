package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.NumberFormatter;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the numbers of the lists and headings of an OpenDocument file, which the file does not hold as text. */
final class OpenDocumentNumbering {
    private static final int LEVELS = 10;
    private static final int UNSET = -1;
    private static final int MAX_LISTS = 10_000;

    private final OpenDocumentStyles styles;
    private final int[] headings = unset();
    /** Counters of the lists that have ended, by their ids and by their styles. */
    private final Map<String, int[]> ended = new HashMap<>();

    private @Nullable OpenList list;

    OpenDocumentNumbering(OpenDocumentStyles styles) {
        this.styles = styles;
    }

    private static final class OpenList {
        private final @Nullable OpenList around;
        private final String style;
        private final int[] counters;
        private final int level;

        /** @param style name of the style of its numbers; empty when each paragraph names its own */
        OpenList(@Nullable OpenList around, String style, int[] counters, int level) {
            this.around = around;
            this.style = style;
            this.counters = counters;
            this.level = level;
        }
    }

    static boolean isParagraph(XmlElement element) {
        return element.is("p") || element.is("h");
    }

    /** Begins a list, which may be within an item of another. */
    void startList(XmlElement element) {
        OpenList around = list;
        String own = element.attribute("style-name");
        String style = own.isEmpty() && around != null ? around.style : own;
        int[] counters = around == null ? counters(element, style) : around.counters;
        list = new OpenList(around, style, counters, around == null ? 0 : around.level + 1);
    }

    private int[] counters(XmlElement element, String style) {
        String continued = element.attribute("continue-list");
        boolean goesOn = element.attribute("continue-numbering").equals("true");
        int[] before = continued.isEmpty() ? goesOn ? ended.get(style) : null : ended.get("#" + continued);
        return before == null ? unset() : before;
    }

    void endList(XmlElement element) {
        OpenList ending = list;
        if (ending == null) {
            return;
        }
        list = ending.around;
        if (list == null && ended.size() < MAX_LISTS) {
            ended.put(ending.style, ending.counters);
            if (element.has("id")) {
                ended.put("#" + element.attribute("id"), ending.counters);
            }
        }
    }

    /**
     * The label of the next item of the list, such as "2.", without spaces around it; empty for bullets.
     *
     * @param paragraphStyle style of the item's first paragraph
     */
    String nextItem(XmlElement item, String paragraphStyle) {
        OpenList open = list;
        if (open == null || open.level >= LEVELS) {
            return "";
        }
        String override = item.attribute("style-override");
        String style = override.isEmpty() ? open.style : override;
        XmlElement numbers = styles.listStyle(style.isEmpty() ? styles.listStyleOf(paragraphStyle) : style);
        XmlElement level = level(numbers, open.level);
        count(open.counters, open.level, level, item.number("start-value", UNSET));
        return numbers == null ? "" : label(numbers, open.level, open.counters);
    }

    /**
     * The label of the next heading; empty when headings have none.
     *
     * @param outlineLevel from 1
     */
    String nextHeading(XmlElement heading, int outlineLevel) {
        int at = outlineLevel - 1;
        String own = styles.listStyleOf(heading.attribute("style-name"));
        XmlElement numbers = own.isEmpty() ? styles.outline() : styles.listStyle(own);
        if (numbers == null
                || at >= LEVELS
                || heading.attribute("is-list-header").equals("true")) {
            return "";
        }
        boolean restarts = heading.attribute("restart-numbering").equals("true");
        int start = restarts ? heading.number("start-value", 1) : UNSET;
        count(headings, at, level(numbers, at), start);
        return label(numbers, at, headings);
    }

    /** A level that was left out counts as its start. */
    private static void count(int[] counters, int at, @Nullable XmlElement level, int start) {
        if (start >= 0) {
            counters[at] = start;
        } else if (counters[at] == UNSET) {
            counters[at] = level == null ? 1 : level.number("start-value", 1);
        } else {
            counters[at]++;
        }
        Arrays.fill(counters, at + 1, LEVELS, UNSET);
    }

    private static String label(XmlElement numbers, int at, int[] counters) {
        XmlElement own = level(numbers, at);
        if (own == null
                || own.name().endsWith("-bullet")
                || own.attribute("num-format").isEmpty()) {
            return "";
        }
        int shown = Math.clamp(own.number("display-levels", 1), 1, at + 1);
        StringBuilder label = new StringBuilder(own.attribute("num-prefix"));
        boolean first = true;
        for (int i = at - shown + 1; i <= at; i++) {
            XmlElement one = level(numbers, i);
            String format = one == null ? "1" : one.attribute("num-format");
            if (!format.isEmpty()) {
                int value = counters[i] == UNSET ? 1 : counters[i];
                label.append(first ? "" : ".").append(NumberFormatter.format(value, format));
                first = false;
            }
        }
        return label.append(own.attribute("num-suffix")).toString().strip();
    }

    private static @Nullable XmlElement level(@Nullable XmlElement numbers, int at) {
        if (numbers != null) {
            for (XmlElement level : numbers.children()) {
                if (level.number("level", 0) == at + 1) {
                    return level;
                }
            }
        }
        return null;
    }

    private static int[] unset() {
        int[] counters = new int[LEVELS];
        Arrays.fill(counters, UNSET);
        return counters;
    }
}
