package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.NumberFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lists of AsciiDoc that are open, from the outermost one, and the numbers of their items. */
final class AsciiDocLists {
    /** How the items of lists of one to five dots are numbered. */
    private static final String[] BY_DEPTH = {"1", "a", "i", "A", "I"};

    private static final Map<String, String> STYLES = Map.of(
            "arabic", "1",
            "decimal", "1",
            "loweralpha", "a",
            "upperalpha", "A",
            "lowerroman", "i",
            "upperroman", "I");

    private final List<String> markers = new ArrayList<>();
    private final Map<String, Numbers> numbers = new HashMap<>();

    private record Numbers(String style, int next) {}

    boolean isEmpty() {
        return markers.isEmpty();
    }

    int depth() {
        return markers.size();
    }

    void clear() {
        markers.clear();
        numbers.clear();
    }

    /**
     * Enters the list of an item; a mark that is used further out ends the lists within.
     *
     * @param marker as it is written, such as {@code *}, {@code ..}, {@code 3.} or {@code <1>}
     * @param attributes of the list, at its first item
     * @return the label of the item: its number, empty for bullets
     */
    String enter(String marker, AsciiDocAttributes attributes) {
        char first = marker.charAt(0);
        boolean counted = first == '.' || marker.equals("<.>");
        boolean bullet = first == '*' || first == '-';
        String kind = bullet || first == '.'
                ? marker
                : marker.substring(marker.length() - 1) + (Character.isDigit(first) ? "1" : "a");
        int known = markers.indexOf(kind);
        if (known >= 0) {
            markers.subList(known + 1, markers.size()).clear();
            numbers.keySet().retainAll(markers);
        } else {
            markers.add(kind);
            numbers.put(kind, begin(marker, attributes));
        }
        Numbers own = numbers.getOrDefault(kind, new Numbers("1", 1));
        numbers.put(kind, new Numbers(own.style(), own.next() + 1));
        if (bullet || !counted) {
            return bullet ? "" : marker;
        }
        String number = NumberFormatter.format(own.next(), own.style());
        return first == '.' ? number + "." : "<" + number + ">";
    }

    private static Numbers begin(String marker, AsciiDocAttributes attributes) {
        String start = attributes.named("start");
        String usual = marker.charAt(0) == '.' ? BY_DEPTH[Math.min(marker.length(), BY_DEPTH.length) - 1] : "1";
        return new Numbers(
                STYLES.getOrDefault(attributes.style(), usual),
                start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1);
    }
}
