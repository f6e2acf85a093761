package dev.lectern.ingestion.parsing.formats.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings dates as people and programs write them into the form that metadata have. */
public final class MetadataDate {
    private static final int MAX_LENGTH = 100;
    /** 2024-05-01, 2024/5/1, 2024-05-01 10:30, 2024-05-01T10:30:00.000+02:00; the time and its zone are optional. */
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:[T ]+(\\d{1,2}:\\d{2}(?::\\d{2})?)(?:[.,]\\d{1,9})?\\s?(Z|UTC|[+-]\\d{2}:?\\d{2})?)?.{0,40}");

    private static final List<DateTimeFormatter> WRITTEN = List.of(
            written("d MMM uuuu"),
            written("d MMMM uuuu"),
            written("MMM d, uuuu"),
            written("MMMM d, uuuu"),
            written("d.M.uuuu"));

    /** As in the head of a mail, where the name of the day and the seconds may be missing, and a comment may follow. */
    private static final Pattern MAIL = Pattern.compile(
            "(?:[A-Za-z]{3,9},?\\s+)?(\\d{1,2})[ -]+([A-Za-z]{3})[a-z]*[ -]+(\\d{4})\\s+(\\d{1,2}:\\d{2})(:\\d{2})?\\s+(\\S{1,5}).*");

    private MetadataDate() {}

    private static DateTimeFormatter written(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /** @return {@code yyyy-mm-dd} or, where a time and zone are known, as in RFC 3339; null when the text is no date */
    public static @Nullable String parse(String text) {
        String date = text.strip();
        if (date.length() > MAX_LENGTH || date.length() < 8) {
            return null;
        }
        Matcher iso = ISO.matcher(date);
        Matcher mail = MAIL.matcher(date);
        try {
            if (iso.matches()) {
                return ofIso(iso);
            }
            return mail.matches() ? ofMail(mail) : ofWritten(date);
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    private static String ofIso(Matcher iso) {
        LocalDate day = LocalDate.of(
                Integer.parseInt(iso.group(1)), Integer.parseInt(iso.group(3)), Integer.parseInt(iso.group(4)));
        if (iso.group(5) == null || iso.group(6) == null) {
            return day.toString();
        }
        String zone = iso.group(6).equals("UTC") ? "Z" : iso.group(6);
        String colon = zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone;
        return withTime(day, iso.group(5), colon);
    }

    private static String ofMail(Matcher mail) {
        LocalDate day = LocalDate.parse(mail.group(1) + " " + mail.group(2) + " " + mail.group(3), WRITTEN.getFirst());
        String zone = mail.group(6);
        boolean offset = zone.matches("[+-]\\d{4}");
        if (!offset && !zone.equals("GMT") && !zone.equals("UT") && !zone.equals("UTC") && !zone.equals("Z")) {
            return day.toString();
        }
        String seconds = mail.group(5) == null ? "" : mail.group(5);
        return withTime(day, mail.group(4) + seconds, offset ? zone.substring(0, 3) + ":" + zone.substring(3) : "Z");
    }

    private static String withTime(LocalDate day, String time, String zone) {
        String hours = time.indexOf(':') == 1 ? "0" + time : time;
        String seconds = hours.length() == 5 ? hours + ":00" : hours;
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.parse(day + "T" + seconds + zone));
    }

    private static @Nullable String ofWritten(String date) {
        for (DateTimeFormatter formatter : WRITTEN) {
            try {
                return LocalDate.parse(date, formatter).toString();
            } catch (DateTimeException other) {
                // Perhaps one of the other forms.
            }
        }
        return null;
    }
}
