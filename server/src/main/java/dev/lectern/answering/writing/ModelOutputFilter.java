package dev.lectern.answering.writing;

import dev.lectern.answering.prompt.PromptBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Filters the output of a model before it is passed on: removes leading white space, holds back the sign for "not answered", removes markers of passages
 * that were not in the prompt, escapes unsafe markup, and cuts the text after {@code maxCharacters}. Not thread-safe.
 */
final class ModelOutputFilter {
    private static final String SIGN = PromptBuilder.NOT_ANSWERED;

    private final UnsafeMarkupFilter markup = new UnsafeMarkupFilter();
    private final CitationMarkerFilter filter;
    private final int maxCharacters;
    private final Runnable onFull;
    private final StringBuilder beginning = new StringBuilder();
    private boolean begun;
    private boolean full;
    private int written;

    /** @param onFull runs once, when the model writes more than {@code maxCharacters} */
    ModelOutputFilter(Set<Integer> given, int maxCharacters, Consumer<String> out, Runnable onFull) {
        this.filter = new CitationMarkerFilter(given, out);
        this.maxCharacters = maxCharacters;
        this.onFull = onFull;
    }

    void write(String piece) {
        if (begun) {
            passOn(piece);
            return;
        }
        beginning.append(piece);
        String start = beginning.toString().stripLeading();
        if (!couldBeSign(start) && !start.isEmpty()) {
            begin(start);
        }
    }

    /** @return whether the model says that the passages do not answer */
    boolean end() {
        String start = beginning.toString().strip();
        if (!begun && isSign(start)) {
            return true;
        }
        if (!begun) {
            begin(start);
        }
        filter.write(markup.end());
        filter.end();
        return false;
    }

    String text() {
        return filter.text();
    }

    List<CitationMarker> markers() {
        return filter.markers();
    }

    boolean isFull() {
        return full;
    }

    private void begin(String start) {
        begun = true;
        passOn(start);
    }

    private void passOn(String piece) {
        int room = maxCharacters - written;
        if (piece.length() <= room) {
            written += piece.length();
            filter.write(markup.filter(piece));
        } else if (!full) {
            full = true;
            int cut = room > 0 && Character.isHighSurrogate(piece.charAt(room - 1)) ? room - 1 : room;
            written = maxCharacters;
            filter.write(markup.filter(piece.substring(0, cut) + " …"));
            onFull.run();
        }
    }

    /** Models often put the sign in quotes or bold. */
    private static String bare(String text) {
        return text.replaceAll("^[*\"'`“_\\s]+", "");
    }

    private static boolean couldBeSign(String start) {
        String bare = bare(start);
        return SIGN.startsWith(bare.substring(0, Math.min(bare.length(), SIGN.length())))
                && bare.length() <= 2 * SIGN.length();
    }

    private static boolean isSign(String text) {
        return bare(text).startsWith(SIGN);
    }
}
