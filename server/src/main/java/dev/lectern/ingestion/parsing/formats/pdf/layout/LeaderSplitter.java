package dev.lectern.ingestion.parsing.formats.pdf.layout;

import java.util.ArrayList;
import java.util.List;

/** Cuts pieces at leaders, which go from a label to its value: the dots are no text, and they hide that there are two columns. */
final class LeaderSplitter {
    private static final String LEADERS = ".\u00B7\u2026_";
    private static final int MIN_LEADERS = 4;

    private LeaderSplitter() {}

    /** The pieces without leaders. */
    static List<TextPiece> split(List<TextPiece> pieces) {
        List<TextPiece> result = new ArrayList<>(pieces.size());
        boolean changed = false;
        for (PieceRow row : PieceRow.of(pieces)) {
            changed |= split(row, result);
        }
        return changed ? result : pieces;
    }

    private static boolean split(PieceRow row, List<TextPiece> result) {
        int leaders = 0;
        for (TextPiece piece : row.pieces()) {
            leaders += count(piece.text());
        }
        if (leaders < MIN_LEADERS) {
            result.addAll(row.pieces());
            return false;
        }
        List<TextPiece> parts = new ArrayList<>();
        for (TextPiece piece : row.pieces()) {
            addParts(piece, parts);
        }
        for (TextPiece piece : parts) {
            if (!isLeaders(piece.text())) {
                result.add(piece);
            } else if (!result.isEmpty() && result.getLast().y() == piece.y()) {
                result.add(result.removeLast().withLeaders());
            }
        }
        return true;
    }

    /** The number of leaders if they are in a row of several; single points are those of sentences. */
    private static int count(String text) {
        int longest = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (LEADERS.indexOf(character) >= 0) {
                count += character == '\u2026' ? 3 : 1;
                longest = Math.max(longest, count);
            } else if (character != ' ') {
                count = 0;
            }
        }
        return longest >= MIN_LEADERS || isLeaders(text) ? longest : 0;
    }

    private static boolean isLeaders(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (LEADERS.indexOf(text.charAt(i)) < 0 && text.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    /** A piece divided into stretches with and without leaders. */
    private static void addParts(TextPiece piece, List<TextPiece> parts) {
        String text = piece.text();
        if (count(text) < MIN_LEADERS || text.split(" ", -1).length != piece.words()) {
            parts.add(piece);
            return;
        }
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endOfLeaders(text, at);
            if (end > at) {
                addStretch(piece, from, at, parts);
                addStretch(piece, at, end, parts);
                from = end;
                at = end;
            } else {
                at++;
            }
        }
        addStretch(piece, from, text.length(), parts);
    }

    private static void addStretch(TextPiece piece, int from, int to, List<TextPiece> parts) {
        if (!piece.text().substring(from, to).isBlank()) {
            parts.add(piece.stretch(from, to));
        }
    }

    /** The end of the leaders that begin at a place; the place itself if none do. */
    private static int endOfLeaders(String text, int start) {
        int count = 0;
        int end = start;
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (LEADERS.indexOf(character) >= 0) {
                count += character == '\u2026' ? 3 : 1;
                end = i + 1;
            } else if (character != ' ' || count == 0) {
                break;
            }
        }
        return count >= MIN_LEADERS ? end : start;
    }
}
