package dev.lectern.ingestion.parsing.formats.document;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Recognises rows that name the columns of a table although nothing marks them. */
public final class TableHeaders {
    private static final int LONG_TEXT = 80;
    /** Years, quarters and months are names of columns although they are figures: 2024, 2024/25, 2024-03, Q1 2024. */
    private static final Pattern PERIOD =
            Pattern.compile("(?:Q[1-4]\\s*[/-]?\\s*)?(?:1[89]|20|21)\\d\\d(?:\\s*[/.–-]\\s*\\d{1,4})?|Q[1-4]");

    private TableHeaders() {}

    /** Whether the cells are different names, or names and periods; at least two are filled. */
    public static boolean isHeader(List<String> cells) {
        List<String> filled = cells.stream()
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
        long periods = filled.stream().filter(TableHeaders::isPeriod).count();
        return filled.size() >= 2
                && filled.stream().allMatch(cell -> isPeriod(cell) || !isFigure(cell))
                && (periods == 0 || periods >= 2)
                && (periods == 0 || new HashSet<>(filled).size() == filled.size());
    }

    public static boolean isPeriod(String cell) {
        return PERIOD.matcher(cell.strip()).matches();
    }

    /** Whether it is a number or date, or too long to be a name. */
    public static boolean isFigure(String cell) {
        String text = cell.strip();
        return (!text.isEmpty() && text.chars().noneMatch(Character::isLetter)) || text.length() > LONG_TEXT;
    }
}
