package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts pieces that are several numbers, which are those of columns with little space between them. */
final class NumberSplitter {
    private static final Pattern NUMBER = Pattern.compile(
            "[(+\\-\u2013\u2212$\u20AC\u00A3]{0,2}\\d[\\d.,:/]{0,20}[)%*\u2020]{0,2}|[-\u2013\u2014]{1,2}|[.]{1,3}|n/?a",
            Pattern.CASE_INSENSITIVE);
    /** Thousands may be apart from each other: 12 345 678. */
    private static final Pattern THOUSANDS = Pattern.compile("[+\\-\u2013]?\\d{1,3}(?: \\d{3})+(?:[.,]\\d{1,4})?%?");

    private NumberSplitter() {}

    static List<TextPiece> split(List<TextPiece> pieces) {
        List<TextPiece> result = new ArrayList<>(pieces.size());
        for (TextPiece piece : pieces) {
            String[] words = piece.text().split(" ", -1);
            if (words.length < 2 || words.length != piece.words() || !areNumbers(words) || isOne(piece)) {
                result.add(piece);
                continue;
            }
            int at = 0;
            for (String word : words) {
                result.add(piece.stretch(at, at + word.length()));
                at += word.length() + 1;
            }
        }
        return result;
    }

    private static boolean areNumbers(String[] words) {
        for (String word : words) {
            if (!NUMBER.matcher(word).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOne(TextPiece piece) {
        return piece.text().length() < 40 && THOUSANDS.matcher(piece.text()).matches();
    }
}
