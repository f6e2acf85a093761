package dev.lectern.ingestion.passages;

import dev.lectern.text.LongTextDivider;
import dev.lectern.text.Span;
import java.util.ArrayList;
import java.util.List;

/** Splits code that does not fit into a passage: at empty lines, and where there are none for long, at line ends. */
final class CodeSplitter {
    private static final int MAX_LENGTH = 600;

    private CodeSplitter() {}

    static List<Span> split(String text, Span code) {
        List<Span> pieces = new ArrayList<>();
        int from = code.start();
        int line = from;
        while (line < code.end()) {
            int next = nextLine(text, line, code.end());
            boolean empty = text.substring(line, next).isBlank();
            if (line > from && (empty || next - from > MAX_LENGTH)) {
                add(text, from, line, pieces);
                from = line;
            }
            line = next;
        }
        add(text, from, code.end(), pieces);
        return pieces;
    }

    private static int nextLine(String text, int from, int end) {
        int at = text.indexOf('\n', from);
        return at < 0 || at >= end ? end : at + 1;
    }

    /** A line may be endless too, as in minified scripts. */
    private static void add(String text, int start, int end, List<Span> pieces) {
        pieces.addAll(LongTextDivider.divide(text, new Span(start, end), TextUnitSplitter.MAX_LENGTH));
    }
}
