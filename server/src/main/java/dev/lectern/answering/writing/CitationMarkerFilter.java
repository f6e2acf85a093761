package dev.lectern.answering.writing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes a text on in pieces while it is written, and keeps only the markers of passages that were given, such as {@code [2]}. Groups ({@code [1, 2]},
 * {@code [1-3]}) become single markers, full-width brackets become plain ones, unknown numbers are removed. A marker may be split over pieces: a possible
 * beginning of a marker is held back, at most {@value #MAX_HELD} characters. Code contains no markers. Not thread-safe.
 */
final class CitationMarkerFilter {
    private static final int MAX_HELD = 64;
    private static final Pattern INSIDE = Pattern.compile(
            "\\s*\\^?(?:passages?|sources?)?\\s*\\d{1,9}(?:\\s*[,;，、–-]\\s*\\d{1,9})*\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:\\s*[–-]\\s*(\\d{1,9}))?");
    private static final String OPENING = "[【［";
    private static final String CLOSING = "]】］";

    private final Set<Integer> given;
    private final Consumer<String> out;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder held = new StringBuilder();
    private final List<CitationMarker> markers = new ArrayList<>();
    private final MarkdownCodeTracker code = new MarkdownCodeTracker();
    private int sent;
    private boolean bracketOpen;
    private boolean afterMarker;

    /**
     * @param given the numbers that may be cited
     * @param out receives each piece that is final; all pieces together are {@link #text()}
     */
    CitationMarkerFilter(Set<Integer> given, Consumer<String> out) {
        this.given = Set.copyOf(given);
        this.out = out;
    }

    /** Adds the next piece as the model wrote it. */
    void write(String piece) {
        piece.codePoints().forEach(this::addCharacter);
        passOn();
    }

    /** Ends the text and passes on what was held back. */
    void end() {
        releaseHeld();
        passOn();
    }

    /** The text that was passed on. */
    String text() {
        return text.toString();
    }

    /** The markers of the text, in their order. */
    List<CitationMarker> markers() {
        return List.copyOf(markers);
    }

    private void addCharacter(int c) {
        if (bracketOpen) {
            addInBracket(c);
        } else if (OPENING.indexOf(c) >= 0 && !code.isInside(c)) {
            bracketOpen = true;
            held.appendCodePoint(c);
        } else if ((c == ' ' || c == '\u00a0') && held.length() < MAX_HELD) {
            held.appendCodePoint(c);
        } else {
            releaseHeld();
            addPlain(c);
        }
    }

    private void addInBracket(int c) {
        if (CLOSING.indexOf(c) >= 0) {
            bracketOpen = false;
            int open = openingOf(held);
            String inside = held.substring(open + 1);
            if (INSIDE.matcher(inside).matches()) {
                String before = held.substring(0, open);
                held.setLength(0);
                addMarkers(before, inside);
            } else {
                held.appendCodePoint(c);
                releaseHeld();
            }
        } else if (OPENING.indexOf(c) >= 0 || c == '\n' || c == '`' || held.length() >= MAX_HELD) {
            bracketOpen = false;
            releaseHeld();
            addCharacter(c);
        } else {
            held.appendCodePoint(c);
        }
    }

    private static int openingOf(CharSequence held) {
        int at = 0;
        while (OPENING.indexOf(held.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Spaces before a removed marker are removed with it. */
    private void addMarkers(String before, String inside) {
        boolean first = true;
        Matcher numbers = NUMBERS.matcher(inside);
        while (numbers.find()) {
            int from = Integer.parseInt(numbers.group(1));
            int to = numbers.group(2) == null ? from : Integer.parseInt(numbers.group(2));
            for (int number = from; number <= Math.min(to, from + MAX_HELD); number++) {
                if (given.contains(number)) {
                    text.append(first ? before : "");
                    first = false;
                    markers.add(new CitationMarker(number, text.length()));
                    text.append('[').append(number).append(']');
                    afterMarker = true;
                }
            }
        }
    }

    private void releaseHeld() {
        String released = held.toString();
        held.setLength(0);
        bracketOpen = false;
        released.codePoints().forEach(this::addPlain);
    }

    /** Separates a marker from text that would make it a Markdown link to an address of the model. */
    private void addPlain(int c) {
        if (afterMarker && (c == '(' || c == ':' || OPENING.indexOf(c) >= 0)) {
            text.append(' ');
        }
        afterMarker = false;
        code.add(c);
        text.appendCodePoint(c);
    }

    private void passOn() {
        if (text.length() > sent) {
            out.accept(text.substring(sent));
            sent = text.length();
        }
    }
}
