package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayList;
import java.util.List;

/** A place in lines of text, for the formats that are read line by line. */
final class LineCursor {
    private final List<String> lines;
    private int at;

    LineCursor(List<String> lines) {
        this.lines = lines;
    }

    boolean hasLine() {
        return at < lines.size();
    }

    /** The line {@code ahead} lines behind the next one; empty behind the end. */
    String peek(int ahead) {
        int place = at + ahead;
        return place >= 0 && place < lines.size() ? lines.get(place) : "";
    }

    String peek() {
        return peek(0);
    }

    String take() {
        return lines.get(at++);
    }

    void skip(int count) {
        at += count;
    }

    void skipBlank() {
        while (hasLine() && peek().isBlank()) {
            at++;
        }
    }

    /** Takes the lines that are blank or indented, up to the next one that is not, without blank lines at the end. */
    List<String> takeIndented() {
        List<String> taken = new ArrayList<>();
        while (hasLine() && (peek().isBlank() || TextLineFunctions.indentOf(peek()) > 0)) {
            taken.add(take());
        }
        int last = taken.size();
        while (last > 0 && taken.get(last - 1).isBlank()) {
            last--;
        }
        return taken.subList(0, last);
    }

    /** Takes the lines up to a blank one, at least one. */
    List<String> takeParagraph() {
        List<String> taken = new ArrayList<>(List.of(take()));
        while (hasLine() && !peek().isBlank()) {
            taken.add(take());
        }
        return taken;
    }
}
