package dev.lectern.answering.citing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a text through in pieces as they are written, and only markers of passages that were given: {@code [2]}. Groups ({@code [1, 2]}, {@code [1-3]})
 * become single markers, full-width brackets become plain ones, unknown numbers go. A marker may be split over pieces: what may become one is held
 * back, {@value #MAX_HELD} characters at most. In code nothing is a marker. Not thread-safe.
 */
public final class CitationMarkerFilter {
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
     * @param out gets each piece that is settled; together they are {@link #text()}
     */
    public CitationMarkerFilter(Set<Integer> given, Consumer<String> out) {
        this.given = Set.copyOf(given);
        this.out = out;
    }

    /** Takes the next piece as the model wrote it. */
    public void write(String piece) {
        piece.codePoints().forEach(this::character);
        send();
    }

    /** The text is complete: what was held back is settled. */
    public void end() {
        settleHeld();
        send();
    }

    /** Everything that was let through. */
    public String text() {
        return text.toString();
    }

    /** The markers in it, in their order. */
    public List<CitationMarker> markers() {
        return List.copyOf(markers);
    }

    private void character(int c) {
        if (bracketOpen) {
            inBracket(c);
        } else if (OPENING.indexOf(c) >= 0 && !code.isInside(c)) {
            bracketOpen = true;
            held.appendCodePoint(c);
        } else if ((c == ' ' || c == '\u00a0') && held.length() < MAX_HELD) {
            held.appendCodePoint(c);
        } else {
            settleHeld();
            plain(c);
        }
    }

    private void inBracket(int c) {
        if (CLOSING.indexOf(c) >= 0) {
            bracketOpen = false;
            int open = openingOf(held);
            String inside = held.substring(open + 1);
            if (INSIDE.matcher(inside).matches()) {
                String before = held.substring(0, open);
                held.setLength(0);
                mark(before, inside);
            } else {
                held.appendCodePoint(c);
                settleHeld();
            }
        } else if (OPENING.indexOf(c) >= 0 || c == '\n' || c == '`' || held.length() >= MAX_HELD) {
            bracketOpen = false;
            settleHeld();
            character(c);
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

    /** Spaces before a marker that goes are left out with it. */
    private void mark(String before, String inside) {
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

    private void settleHeld() {
        String settled = held.toString();
        held.setLength(0);
        bracketOpen = false;
        settled.codePoints().forEach(this::plain);
    }

    /** A marker never becomes a Markdown link, which would lead where the model says. */
    private void plain(int c) {
        if (afterMarker && (c == '(' || c == ':' || OPENING.indexOf(c) >= 0)) {
            text.append(' ');
        }
        afterMarker = false;
        code.character(c);
        text.appendCodePoint(c);
    }

    private void send() {
        if (text.length() > sent) {
            out.accept(text.substring(sent));
            sent = text.length();
        }
    }
}
