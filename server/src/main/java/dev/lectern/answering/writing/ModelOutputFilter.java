package dev.lectern.answering.writing;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Filters the output of a model before it is passed on: removes leading white space and a fence around the whole answer, holds back the sign for "not
 * answered", removes markers of passages that were not in the prompt, escapes unsafe markup, and cuts the text after {@code maxCharacters}. Not thread-safe.
 */
final class ModelOutputFilter {
    private final UnsafeMarkupFilter markup = new UnsafeMarkupFilter();
    private final AnswerFence fence = new AnswerFence();
    private final CitationMarkerFilter filter;
    private final int maxCharacters;
    private final Runnable onFull;
    private final StringBuilder beginning = new StringBuilder();
    /** The end of what was written so far, as long as it may be the sign. */
    private final StringBuilder tail = new StringBuilder();

    private boolean begun;
    private boolean declined;
    private boolean full;
    private int written;

    /** @param onFull runs once, when the model writes more than {@code maxCharacters} */
    ModelOutputFilter(Set<Integer> given, int maxCharacters, Consumer<String> out, Runnable onFull) {
        this.filter = new CitationMarkerFilter(given, out);
        this.maxCharacters = maxCharacters;
        this.onFull = onFull;
    }

    void write(String piece) {
        if (declined) {
            return;
        }
        if (begun) {
            passOnButTail(fence.filter(piece));
            return;
        }
        beginning.append(piece);
        if (NotAnsweredSign.begins(beginning) || NotAnsweredSign.followsDenial(beginning)) {
            declined = true;
        } else if (!isUndecided()) {
            begin();
        }
    }

    /** @return whether the model says that the passages do not answer; a text that it wrote before that cites nothing */
    boolean end() {
        if (!begun && !declined) {
            declined = NotAnsweredSign.isAll(beginning);
            if (!declined) {
                begin();
            }
        }
        if (declined) {
            return true;
        }
        passOnButTail(fence.end());
        boolean sign = NotAnsweredSign.isIn(tail);
        if (!sign) {
            passOn(tail.toString());
        }
        filter.write(markup.end());
        filter.end();
        return sign && filter.markers().isEmpty();
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

    private boolean isUndecided() {
        String start = beginning.toString().stripLeading();
        return start.isEmpty() || AnswerFence.mayFollow(start) || NotAnsweredSign.mayFollow(start);
    }

    private void begin() {
        begun = true;
        passOnButTail(fence.filter(fence.open(beginning.toString().stripLeading())));
    }

    private void passOnButTail(String piece) {
        tail.append(piece);
        int end = NotAnsweredSign.startAtEnd(tail);
        passOn(tail.substring(0, end));
        tail.delete(0, end);
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
}
