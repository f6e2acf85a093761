package dev.lectern.conversations;

import dev.lectern.text.VisibleText;
import java.text.BreakIterator;
import java.util.Locale;

/** Makes the title of a conversation from its first question. */
final class TitleGenerator {
    static final int MAX_TITLE = 200;
    private static final int LENGTH = 60;

    private TitleGenerator() {}

    /** The question on one line, cut at the end of a word with an ellipsis when it is longer than 60 characters. */
    static String of(String question) {
        String line = VisibleText.toName(question);
        if (line.length() <= LENGTH) {
            return line;
        }
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(line);
        int cut = words.preceding(LENGTH);
        String head = line.substring(0, cut > LENGTH / 2 ? cut : wholeCharacters(line, LENGTH - 1));
        return head.replaceAll("[\\s\\p{Punct}]+$", "") + "…";
    }

    /** Moves the end so that it never splits a surrogate pair. */
    private static int wholeCharacters(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
