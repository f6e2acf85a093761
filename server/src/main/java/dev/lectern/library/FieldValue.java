package dev.lectern.library;

import dev.lectern.shared.Sha256;
import dev.lectern.text.VisibleText;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document's metadata, or of a filter, in the forms in which values are compared.
 *
 * @param folded without case and width of letters, at most {@value #MAX_FOLDED} characters; equal exactly when the whole texts are equal without case
 * @param day the day that the value names, in days since 1970; the day of a time is that of its own time zone. Null unless it is a date or a time
 * @param instant in milliseconds since 1970; a date, and a time without a time zone, count as UTC. Null unless it is a date or a time
 * @param amount a number in a form that is ordered as integers are, see {@link #toAmount}; null unless it is a number
 */
public record FieldValue(
        String folded,
        @Nullable Long day,
        @Nullable Long instant,
        @Nullable Long amount) {
    /** Maximum length of a folded value, so that it fits into an index of the database. */
    static final int MAX_FOLDED = 200;

    private static final int MAX_DATE = 40;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{1,18})?");

    /** The forms of a text. */
    public static FieldValue of(String text) {
        String stripped = text.strip();
        String folded = fold(stripped);
        if (stripped.length() > MAX_DATE) {
            return new FieldValue(folded, null, null, null);
        }
        if (NUMBER.matcher(stripped).matches()) {
            return new FieldValue(folded, null, null, toAmount(Double.parseDouble(stripped)));
        }
        OffsetDateTime time = parseTime(stripped);
        return time == null
                ? new FieldValue(folded, null, null, null)
                : new FieldValue(
                        folded,
                        time.toLocalDate().toEpochDay(),
                        time.toInstant().toEpochMilli(),
                        null);
    }

    /** Whether the text is a date without a time, as {@code 2025-01-31}. */
    static boolean isDate(String text) {
        return DATE.matcher(text.strip()).matches();
    }

    /** A text without case, width of letters and repeated spaces, so that {@code  Contract A} and {@code contract  a} are equal. */
    public static String fold(String text) {
        String folded = VisibleText.toName(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT);
        if (folded.length() <= MAX_FOLDED) {
            return folded;
        }
        String rest = Sha256.hex(folded);
        int end = MAX_FOLDED - rest.length();
        return folded.substring(0, Character.isHighSurrogate(folded.charAt(end - 1)) ? end - 1 : end) + rest;
    }

    /** A number as an integer of the same order: of two numbers, the smaller one has the smaller integer. */
    public static long toAmount(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    /** The number of an integer of {@link #toAmount}. */
    public static double toNumber(long amount) {
        return Double.longBitsToDouble(amount ^ ((amount >> (Long.SIZE - 1)) & Long.MAX_VALUE));
    }

    private static @Nullable OffsetDateTime parseTime(String text) {
        if (text.length() < 10 || !isDate(text.substring(0, 10))) {
            return null;
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
            }
            String time = text.substring(0, 10) + 'T' + text.substring(11).toUpperCase(Locale.ROOT);
            char separator = text.charAt(10);
            if (separator != 'T' && separator != 't' && separator != ' ') {
                return null;
            }
            boolean zoned = time.endsWith("Z") || time.lastIndexOf('+') > 0 || time.lastIndexOf('-') > 10;
            return zoned
                    ? OffsetDateTime.parse(time)
                    : LocalDateTime.parse(time).atOffset(ZoneOffset.UTC);
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
